package io.karyoflow.ingest.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import org.junit.jupiter.api.Test;

class CheckImageTest {
    private static final int MAXIMUM = 15 * 1024 * 1024;

    @Test
    void aLimitThatKafkaWouldNotKeepIsRefused() {
        for (int maxBytes : new int[] {20_000_000, MAXIMUM + 1, 0, -1}) {
            assertThatThrownBy(() -> checkImage(maxBytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("karyoflow.image.max-bytes is " + maxBytes)
                    .hasMessageContaining("from 1 to " + MAXIMUM);
        }
    }

    @Test
    void onlyALimitThatCanBeRaisedIsToBeRaised() {
        assertThatThrownBy(() -> checkImage(1000).check(new byte[1001]))
                .isInstanceOf(UndecodableImageException.class)
                .hasMessageEndingWith("cut it into patches, or raise the limit karyoflow.image.max-bytes");
        assertThatThrownBy(() -> checkImage(MAXIMUM).check(new byte[MAXIMUM + 1]))
                .isInstanceOf(UndecodableImageException.class)
                .hasMessageEndingWith("cut it into patches");
    }

    private static CheckImage checkImage(int maxBytes) {
        return new CheckImage(new ImageConfig() {
            @Override
            public long maxPixels() {
                return ImageDecoder.DEFAULT_MAX_PIXELS;
            }

            @Override
            public int maxBytes() {
                return maxBytes;
            }
        });
    }
}
