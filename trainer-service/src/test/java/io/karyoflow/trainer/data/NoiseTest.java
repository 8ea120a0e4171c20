package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NoiseTest {

    @Test
    void hasTheDeviationAndNoMean() {
        byte[] rgb = new byte[60_000];
        Arrays.fill(rgb, (byte) 128);

        new Noise(12).apply(rgb, new SplittableRandom(3));

        double sum = 0;
        double squares = 0;
        double together = 0;
        int beyondTwo = 0;
        for (int i = 0; i < rgb.length; i++) {
            double noise = (rgb[i] & 255) - 128;
            sum += noise;
            squares += noise * noise;
            together += i == 0 ? 0 : noise * ((rgb[i - 1] & 255) - 128);
            beyondTwo += Math.abs(noise) > 24 ? 1 : 0;
        }
        assertThat(sum / rgb.length).isCloseTo(0, within(0.2));
        assertThat(Math.sqrt(squares / rgb.length)).isCloseTo(12, within(0.2));
        assertThat(together / squares).as("correlation of neighbours").isCloseTo(0, within(0.02));
        // 24.5 of 12 is 2.04 deviations
        assertThat(beyondTwo / (double) rgb.length).isCloseTo(0.041, within(0.004));
    }

    @Test
    void isCutAtBlackAndWhite() {
        byte[] rgb = new byte[2000];
        Arrays.fill(rgb, 1000, 2000, (byte) 255);

        new Noise(50).apply(rgb, new SplittableRandom(3));

        for (int i = 0; i < 1000; i++) {
            assertThat(rgb[i] & 255).isLessThan(250);
            assertThat(rgb[1000 + i] & 255).isGreaterThan(5);
        }
    }

    @Test
    void deviationIsUniformUpToTheLargest() {
        SplittableRandom random = new SplittableRandom(3);
        double[] deviations = new double[4000];
        Arrays.setAll(deviations, i -> Noise.draw(20, random).deviation());

        assertThat(Arrays.stream(deviations).max().orElseThrow()).isBetween(19.9, 20.0);
        assertThat(Arrays.stream(deviations).min().orElseThrow()).isBetween(0.0, 0.1);
        assertThat(Arrays.stream(deviations).average().orElseThrow()).isCloseTo(10, within(0.3));
    }
}
