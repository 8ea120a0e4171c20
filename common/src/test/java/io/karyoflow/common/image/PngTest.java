package io.karyoflow.common.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PngTest {
    @Test
    void whatIsEncodedIsDecodedToTheSamePixels() throws UndecodableImageException {
        byte[] rgb = new byte[5 * 7 * 3];
        new Random(1).nextBytes(rgb);

        byte[] png = Png.encode(new RgbImage(5, 7, rgb).toBufferedImage());

        ImageDecoder.Decoded decoded = new ImageDecoder(100).decode(png);
        assertThat(decoded.contentType()).isEqualTo("image/png");
        assertThat(decoded.image().height()).isEqualTo(5);
        assertThat(decoded.image().width()).isEqualTo(7);
        assertThat(decoded.image().rgb()).isEqualTo(rgb);
    }
}
