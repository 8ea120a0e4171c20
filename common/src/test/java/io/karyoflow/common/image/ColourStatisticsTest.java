package io.karyoflow.common.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColourStatisticsTest {
    private static final double RED = -Math.log(100 / 255.0);

    @Test
    void theyAreOfOpticalDensityOverAllPixelsOfAllImages() {
        ColourSums sums = new ColourSums();
        sums.add(image(1, 2, 100, 255, 0, 100, 255, 0));
        sums.add(image(1, 1, 255, 255, 1));

        ColourStatistics statistics = sums.statistics();

        assertThat(statistics.mean()[0]).isCloseTo((float) (2 * RED / 3), within(1e-6f));
        assertThat(statistics.mean()[1]).isZero();
        assertThat(statistics.mean()[2]).as("black is taken for 1").isCloseTo((float) Math.log(255), within(1e-5f));
        assertThat(statistics.deviation()[0]).isCloseTo((float) (Math.sqrt(2) / 3 * RED), within(1e-6f));
        assertThat(statistics.deviation()[1]).isZero();
        assertThat(statistics.deviation()[2]).isCloseTo(0, within(1e-3f));
    }

    @Test
    void anImageByItselfIsTheSumOfOne() {
        ColourStatistics statistics = ColourStatistics.of(image(1, 2, 100, 255, 9, 255, 255, 9));

        assertThat(statistics.mean()[0]).isCloseTo((float) (RED / 2), within(1e-6f));
        assertThat(statistics.deviation()[0]).isCloseTo((float) (RED / 2), within(1e-6f));
    }

    @Test
    void nothingHasNoColours() {
        assertThatThrownBy(() -> new ColourSums().statistics()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void asTextTheyLoseNothing() {
        ColourStatistics statistics = new ColourStatistics(new float[] {1 / 3f, 0, 5.5f}, new float[] {1e-9f, 0.1f, 2});

        assertThat(ColourStatistics.parse(statistics.format()))
                .usingRecursiveComparison()
                .isEqualTo(statistics);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1,2,3", "1,2,3,4,5,x", "1,2,3,4,5,NaN", "1,2,3,4,5,Infinity", "1,2,3,4,5,-1"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> ColourStatistics.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is not 6 numbers");
    }

    private static RgbImage image(int height, int width, int... values) {
        byte[] rgb = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            rgb[i] = (byte) values[i];
        }
        return new RgbImage(height, width, rgb);
    }
}
