package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final float[] LEFT_FOR_RIGHT_AGAINST = {1, -1};

    @Test
    void showsForInOrangeAndAgainstInBlueOverGrey() {
        RgbImage overlay = Overlay.draw(uniform(4, 8, 255, 0, 0), LEFT_FOR_RIGHT_AGAINST, 1, 2, Sign.ALL);

        // Then 40% of the grey of pure red and 60% of the colour map's ends
        assertThat(pixel(overlay, 0, 0))
                .containsExactly(blended(76.245, 0xA3), blended(76.245, 0x4A), blended(76.245, 0x00));
        assertThat(pixel(overlay, 3, 7))
                .containsExactly(blended(76.245, 0x0A), blended(76.245, 0x4A), blended(76.245, 0x90));
    }

    @Test
    void showsMagnitudesFromVioletToYellow() {
        RgbImage overlay = Overlay.draw(uniform(1, 2, 0, 0, 0), new float[] {0, -5}, 1, 2, Sign.ABSOLUTE_VALUE);

        assertThat(pixel(overlay, 0, 0)).containsExactly(blended(0, 0x44), blended(0, 0x01), blended(0, 0x54));
        assertThat(pixel(overlay, 0, 1)).containsExactly(blended(0, 0xFD), blended(0, 0xE7), blended(0, 0x25));
    }

    @Test
    void changesSmoothlyBetweenThePixelsOfTheMap() {
        RgbImage overlay = Overlay.draw(uniform(1, 64, 128, 128, 128), new float[] {0, 1}, 1, 2, Sign.ABSOLUTE_VALUE);

        for (int x = 1; x < 64; x++) {
            int[] left = pixel(overlay, 0, x - 1);
            int[] right = pixel(overlay, 0, x);
            assertThat(right[1]).isBetween(left[1], left[1] + 8); // viridis' green only grows
        }
    }

    @Test
    void keepsTheImageVisible() {
        byte[] rgb = new byte[2 * 2 * 3];
        Arrays.fill(rgb, 0, 3, (byte) 255);
        RgbImage overlay = Overlay.draw(new RgbImage(2, 2, rgb), new float[4], 2, 2, Sign.ALL);

        assertThat(pixel(overlay, 0, 0)).containsExactly(255, 255, 255);
        assertThat(pixel(overlay, 1, 1)).containsExactly(197, 197, 197);
    }

    @Test
    void isAPngOfTheImagesOwnSize() throws Exception {
        byte[] png = Overlay.png(uniform(5, 7, 200, 100, 150), new float[64], 8, 8, Sign.ALL);

        ImageDecoder.Decoded decoded = new ImageDecoder(1000).decode(png);
        assertThat(decoded.contentType()).isEqualTo("image/png");
        assertThat(decoded.image().height()).isEqualTo(5);
        assertThat(decoded.image().width()).isEqualTo(7);
    }

    private static int blended(double luminance, int colour) {
        double grey = 110 + luminance * 145 / 255;
        return (int) Math.round(0.4 * grey + 0.6 * colour);
    }

    private static RgbImage uniform(int height, int width, int red, int green, int blue) {
        byte[] rgb = new byte[height * width * 3];
        for (int at = 0; at < rgb.length; at += 3) {
            rgb[at] = (byte) red;
            rgb[at + 1] = (byte) green;
            rgb[at + 2] = (byte) blue;
        }
        return new RgbImage(height, width, rgb);
    }

    private static int[] pixel(RgbImage image, int y, int x) {
        int at = (y * image.width() + x) * 3;
        return new int[] {image.rgb()[at] & 255, image.rgb()[at + 1] & 255, image.rgb()[at + 2] & 255};
    }
}
