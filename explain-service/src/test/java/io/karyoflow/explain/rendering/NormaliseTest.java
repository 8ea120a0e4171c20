package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class NormaliseTest {
    @Test
    void scalesByTheMagnitudeThatCompletes98PercentOfTheSum() {
        // Given magnitudes 1 x 98 and one of 2: the sum is 100, and 98 of it are reached at the last 1
        float[] map = new float[99];
        Arrays.fill(map, 1);
        map[50] = 2;

        float[] normalised = Normalise.map(map, Sign.ABSOLUTE_VALUE);

        assertThat(normalised[0]).isEqualTo(1);
        assertThat(normalised[50]).isEqualTo(1);
    }

    @Test
    void isProportionalBelowTheScale() {
        assertThat(Normalise.map(new float[] {1, 2, 4}, Sign.ABSOLUTE_VALUE)).containsExactly(0.25f, 0.5f, 1);
    }

    @Test
    void keepsTheSignOnlyForAll() {
        float[] map = {-4, 0, 2};

        assertThat(Normalise.map(map, Sign.ALL)).containsExactly(-1, 0, 0.5f);
        assertThat(Normalise.map(map, Sign.ABSOLUTE_VALUE)).containsExactly(1, 0, 0.5f);
        assertThat(map).containsExactly(-4, 0, 2);
    }

    @Test
    void showsNothingOfAMapOfZeros() {
        assertThat(Normalise.map(new float[3], Sign.ALL)).containsExactly(0, 0, 0);
    }
}
