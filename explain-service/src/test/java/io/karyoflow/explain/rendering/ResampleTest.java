package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.RgbImage;
import org.junit.jupiter.api.Test;

class ResampleTest {
    @Test
    void aFinePatternBecomesItsMeanAndNotAnotherPattern() {
        RgbImage checks = checks(1000, 1200);

        RgbImage small = Resample.to(checks, 100, 120);

        assertThat(small.height()).isEqualTo(100);
        assertThat(small.width()).isEqualTo(120);
        for (byte value : small.rgb()) {
            assertThat(value & 255).isBetween(124, 131);
        }
    }

    @Test
    void smallImagesAreEnlargedSmoothly() {
        RgbImage blackAndWhite = new RgbImage(1, 2, new byte[] {0, 0, 0, -1, -1, -1});

        RgbImage large = Resample.to(blackAndWhite, 1, 64);

        for (int x = 1; x < 64; x++) {
            int step = (large.rgb()[3 * x] & 255) - (large.rgb()[3 * (x - 1)] & 255);
            assertThat(step).isBetween(0, 16);
        }
    }

    private static RgbImage checks(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            rgb[i] = (byte) ((pixel / width + pixel % width) % 2 == 0 ? 255 : 0);
        }
        return new RgbImage(height, width, rgb);
    }
}
