package io.karyoflow.explain.rendering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureTest {
    private static final PixelMap FOR_AND_AGAINST = new PixelMap(1, 2, new float[] {3, -3});
    private static final PixelMap FULL_HALF_NOTHING = new PixelMap(1, 3, new float[] {2, 1, 0});

    @Test
    void heatMapIsTheColourAlone() {
        BufferedImage picture = draw(Picture.HEAT_MAP, uniform(4, 8, 0x123456), FOR_AND_AGAINST, Sign.ALL);

        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFF7E3603);
        assertThat(picture.getRGB(7, 3)).isEqualTo(0xFF0441B3);
    }

    @Test
    void blendedHeatMapCoversTheMoreTheMoreAPixelMatters() {
        PixelMap map = new PixelMap(1, 3, new float[] {1, 0, -1});

        BufferedImage picture = draw(Picture.BLENDED_HEAT_MAP, uniform(1, 3, 0x000000), map, Sign.ALL);

        // Then 20% of the grey that stands for black (64) with 80% of the colour, or 70% with 30% of white
        assertThat(picture.getRGB(0, 0)).isEqualTo(rgb(114, 56, 15));
        assertThat(picture.getRGB(1, 0)).isEqualTo(rgb(121, 121, 121));
        assertThat(picture.getRGB(2, 0)).isEqualTo(rgb(16, 65, 156));
    }

    @Test
    void blendedHeatMapShowsTheImageInGrey() {
        BufferedImage picture =
                draw(Picture.BLENDED_HEAT_MAP, uniform(1, 1, 0xFF0000), new PixelMap(1, 1, new float[1]), Sign.ALL);

        // Then pure red's luminance of 76.245 is lifted to 64 + 76.245 * 191 / 255 = 121.11, and white is laid over it
        assertThat(picture.getRGB(0, 0)).isEqualTo(rgb(161, 161, 161));
    }

    @Test
    void maskedImageIsTheImageTimesTheMap() {
        BufferedImage picture = draw(Picture.MASKED_IMAGE, uniform(1, 3, 0xC86432), FULL_HALF_NOTHING, Sign.POSITIVE);

        assertThat(picture.getRGB(0, 0)).isEqualTo(rgb(200, 100, 50));
        assertThat(picture.getRGB(1, 0)).isEqualTo(rgb(100, 50, 25));
        assertThat(picture.getRGB(2, 0)).isEqualTo(rgb(0, 0, 0));
    }

    @Test
    void alphaScalingPutsTheMapIntoTheAlphaChannel() {
        BufferedImage picture =
                draw(Picture.ALPHA_SCALING, uniform(1, 3, 0xC86432), FULL_HALF_NOTHING, Sign.ABSOLUTE_VALUE);

        assertThat(picture.getRGB(0, 0)).isEqualTo(0xFFC86432);
        assertThat(picture.getRGB(1, 0)).isEqualTo(0x7FC86432);
        assertThat(picture.getRGB(2, 0)).isEqualTo(0x00C86432);
    }

    @ParameterizedTest
    @EnumSource
    void aMapOfZerosIsAFlatPicture(Picture kind) {
        BufferedImage picture = draw(kind, uniform(3, 4, 0x808080), new PixelMap(2, 2, new float[4]), Sign.POSITIVE);

        assertThat(picture.getRGB(0, 0, 4, 3, null, 0, 4)).containsOnly(picture.getRGB(0, 0));
    }

    @ParameterizedTest
    @EnumSource(names = {"MASKED_IMAGE", "ALPHA_SCALING"})
    void moreOrLessOfAnImageCannotShowBothSigns(Picture kind) {
        assertThatThrownBy(() -> draw(kind, uniform(1, 2, 0), FOR_AND_AGAINST, Sign.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose the sign positive, negative or absolute_value");
    }

    @Test
    void changesSmoothlyBetweenThePixelsOfTheMap() {
        BufferedImage picture =
                draw(Picture.HEAT_MAP, uniform(1, 64, 0), new PixelMap(1, 2, new float[] {0, 1}), Sign.POSITIVE);

        for (int x = 1; x < 64; x++) {
            int before = picture.getRGB(x - 1, 0) & 255;
            assertThat(picture.getRGB(x, 0) & 255).isBetween(before - 16, before);
        }
    }

    @Test
    void theOverlayOfAMessageIsAPngOfTheImagesOwnSize() throws Exception {
        byte[] png = Overlay.png(uniform(5, 7, 0xC86496), new float[64], 8, 8, Sign.ALL);

        ImageDecoder.Decoded decoded = new ImageDecoder(1000).decode(png);
        assertThat(decoded.contentType()).isEqualTo("image/png");
        assertThat(decoded.image().height()).isEqualTo(5);
        assertThat(decoded.image().width()).isEqualTo(7);
    }

    @Test
    void unknownNamesAreRefusedWithTheKnownOnes() {
        assertThat(Picture.named("heat_map")).isEqualTo(Picture.HEAT_MAP);
        assertThat(Sign.named("Positive")).isEqualTo(Sign.POSITIVE);
        assertThatThrownBy(() -> Picture.named("heat")).hasMessageContaining("blended_heat_map, masked_image");
        assertThatThrownBy(() -> Sign.named("both")).hasMessageContaining("all, positive, negative, absolute_value");
    }

    private static BufferedImage draw(Picture kind, RgbImage image, PixelMap map, Sign sign) {
        return kind.draw(image, map, Scale.of(map, sign));
    }

    private static int rgb(int red, int green, int blue) {
        return 0xFF << 24 | red << 16 | green << 8 | blue;
    }

    static RgbImage uniform(int height, int width, int rgb) {
        byte[] values = new byte[height * width * 3];
        for (int at = 0; at < values.length; at += 3) {
            values[at] = (byte) (rgb >> 16);
            values[at + 1] = (byte) (rgb >> 8);
            values[at + 2] = (byte) rgb;
        }
        return new RgbImage(height, width, values);
    }
}
