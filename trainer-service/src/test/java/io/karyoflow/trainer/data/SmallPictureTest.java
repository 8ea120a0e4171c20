package io.karyoflow.trainer.data;

import static io.karyoflow.trainer.data.TinyCaches.DATASET;
import static io.karyoflow.trainer.data.TinyCaches.MAX_PIXELS;
import static io.karyoflow.trainer.data.TinyCaches.STILL_WANTED;
import static io.karyoflow.trainer.data.TinyCaches.pixels;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallPictureTest {
    @TempDir
    Path folder;

    @Test
    void showsAnImageAsItIsInTheCache() throws Exception {
        try (CachedDataset cached = new TinyCaches(folder).unlimited().open(DATASET, STILL_WANTED)) {
            for (int image = 0; image < cached.size(); image++) {
                RgbImage shown = new ImageDecoder(MAX_PIXELS)
                        .decode(SmallPicture.png(cached, image))
                        .image();

                assertThat(shown.height()).isEqualTo(16);
                assertThat(shown.rgb()).isEqualTo(pixels(cached, image));
            }
        }
    }

    @Test
    void whatIsAtMost128PixelsASideStaysAsItIs() {
        RgbImage image = noise(128, 100);

        assertThat(SmallPicture.bounded(image)).isSameAs(image);
    }

    @Test
    void whatIsLargerIsReducedInItsProportions() {
        RgbImage reduced = SmallPicture.bounded(noise(200, 256));

        assertThat(reduced.height()).isEqualTo(100);
        assertThat(reduced.width()).isEqualTo(128);
    }

    @Test
    void aStripKeepsARowOfPixels() {
        byte[] rgb = new byte[2 * 1024 * 3];
        Arrays.fill(rgb, (byte) 200);

        RgbImage reduced = SmallPicture.bounded(new RgbImage(2, 1024, rgb));

        assertThat(reduced.height()).isEqualTo(1);
        assertThat(reduced.width()).isEqualTo(128);
        assertThat(reduced.rgb()).containsOnly((byte) 200);
    }

    private static RgbImage noise(int height, int width) {
        byte[] rgb = new byte[height * width * 3];
        new Random(1).nextBytes(rgb);
        return new RgbImage(height, width, rgb);
    }
}
