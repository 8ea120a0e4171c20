package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.RgbImage;
import org.junit.jupiter.api.Test;

class AreaAverageTest {

    @Test
    void twoByTwoBecomesItsMean() {
        assertThat(AreaAverage.resize(grey(2, 2, 0, 10, 20, 200), 1, 1).rgb())
                .containsOnly((byte) 58); // 230 / 4 = 57.5
    }

    @Test
    void partsOfPixelsCountInPart() {
        // three columns into two: the middle one goes half to each side
        assertThat(AreaAverage.resize(grey(1, 3, 0, 90, 240), 1, 2).rgb())
                .containsExactly((byte) 30, (byte) 30, (byte) 30, (byte) 190, (byte) 190, (byte) 190);
    }

    @Test
    void enlargingRepeats() {
        assertThat(AreaAverage.resize(grey(1, 1, 7), 2, 3).rgb()).hasSize(18).containsOnly((byte) 7);
    }

    private static RgbImage grey(int height, int width, int... values) {
        byte[] rgb = new byte[values.length * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) values[i / 3];
        }
        return new RgbImage(height, width, rgb);
    }
}
