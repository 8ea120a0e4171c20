package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @Test
    void endsAtTheMagnitudeThatCompletes98PercentOfTheSum() {
        // Given magnitudes 1 x 98 and one of 2: the sum is 100, and 98 of it are reached at the last 1
        float[] map = new float[99];
        Arrays.fill(map, 1);
        map[50] = -2;

        Scale scale = Scale.of(row(map), Sign.ALL);

        assertThat(scale.limit()).isEqualTo(1);
        assertThat(scale.normalise(row(map)).values()[49]).isEqualTo(1);
        assertThat(scale.normalise(row(map)).values()[50]).isEqualTo(-1);
    }

    @Test
    void countsOnlyWhatItsSignShows() {
        PixelMap map = row(-8, -2, 0, 1, 4);

        assertThat(normalised(map, Sign.ALL)).containsExactly(-1, -0.25f, 0, 0.125f, 0.5f);
        assertThat(normalised(map, Sign.POSITIVE)).containsExactly(0, 0, 0, 0.25f, 1);
        assertThat(normalised(map, Sign.NEGATIVE)).containsExactly(1, 0.25f, 0, 0, 0);
        assertThat(normalised(map, Sign.ABSOLUTE_VALUE)).containsExactly(1, 0.25f, 0, 0.125f, 0.5f);
    }

    /** What {@code captum.attr._utils.visualization._normalize_attr} of Captum 0.9.0 answers for the same map. */
    @ParameterizedTest
    @CsvSource({
        "ALL,             2, -1, -0.017576, 0.110592, -0.512000, -2.160000e-4",
        "ALL,            20, -1, -0.0198658, 0.125000, -0.5787037, -2.441406e-4",
        "POSITIVE,        2, 0, 0, 0.110592, 0, 0",
        "POSITIVE,       20, 0, 0, 0.125000, 0, 0",
        "NEGATIVE,        2, 1, 0.017576, 0, 0.512000, 2.160000e-4",
        "NEGATIVE,       20, 1, 0.0198658, 0, 0.5787037, 2.441406e-4",
        "ABSOLUTE_VALUE,  2, 1, 0.017576, 0.110592, 0.512000, 2.160000e-4",
        "ABSOLUTE_VALUE, 20, 1, 0.0198658, 0.125000, 0.5787037, 2.441406e-4"
    })
    void normalisesAsCaptum(Sign sign, double outlierPercent, float v0, float v1, float v2, float v3, float v4) {
        float[] values = new float[100];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.pow(37 * i % 101 - 50, 3) / 1000);
        }
        PixelMap map = new PixelMap(10, 10, values);

        float[] normalised =
                Scale.across(List.of(map), sign, outlierPercent).normalise(map).values();

        assertThat(Arrays.copyOf(normalised, 5)).containsExactly(new float[] {v0, v1, v2, v3, v4}, within(1e-6f));
    }

    @Test
    void isOneForSeveralMapsWhenAskedTo() {
        PixelMap weak = row(1, -2);
        PixelMap strong = row(8, 0, -4);

        Scale shared = Scale.across(List.of(weak, strong), Sign.ALL);

        assertThat(shared.limit()).isEqualTo(8);
        assertThat(shared.normalise(weak).values()).containsExactly(0.125f, -0.25f);
        assertThat(shared.normalise(strong).values()).containsExactly(1, 0, -0.5f);
    }

    @ParameterizedTest
    @EnumSource
    void showsNothingOfAMapOfZeros(Sign sign) {
        PixelMap zeros = row(0, -0f, 0);

        assertThat(Scale.of(zeros, sign).limit()).isZero();
        assertThat(normalised(zeros, sign)).containsOnly(0);
    }

    @Test
    void showsNothingOfASignThatIsNotThere() {
        assertThat(normalised(row(1, 2), Sign.NEGATIVE)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void takesWhatIsNoFiniteNumberForZero(Sign sign) {
        PixelMap map = row(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3, -3);

        assertThat(normalised(map, sign)).startsWith(0, 0, 0).contains(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 100, Double.NaN})
    void refusesToClipEverything(double outlierPercent) {
        assertThatThrownBy(() -> Scale.across(List.of(row(1)), Sign.ALL, outlierPercent))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to less than 100");
    }

    private static float[] normalised(PixelMap map, Sign sign) {
        return Scale.of(map, sign).normalise(map).values();
    }

    private static PixelMap row(float... values) {
        return new PixelMap(1, values.length, values);
    }
}
