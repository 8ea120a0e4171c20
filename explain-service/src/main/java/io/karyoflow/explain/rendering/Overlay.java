package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A map in colour over a greyscale copy of its image: Captum's {@code blended_heat_map}. */
public final class Overlay {
    /** Enough colour to read the map, enough image to see the nucleus below it. */
    private static final float COLOUR_SHARE = 0.6f;

    /** What is black in the image becomes this grey: else dark nuclei would darken the colours of the map over them. */
    private static final float DARKEST = 110;

    private Overlay() {}

    /**
     * @param image what was explained, of any size
     * @param map [height * width], summed over channels; may be all 0
     * @param height of the map
     * @param width of the map
     * @return in the image's own size
     */
    public static RgbImage draw(RgbImage image, float[] map, int height, int width, Sign sign) {
        ColourMap colours = ColourMap.of(sign);
        float[] values = Resize.map(Normalise.map(map, sign), height, width, image.height(), image.width());
        byte[] rgb = image.rgb();
        byte[] blended = new byte[rgb.length];
        for (int pixel = 0, at = 0; pixel < values.length; pixel++) {
            int colour = colours.rgb(values[pixel]);
            float grey = grey(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255);
            blended[at++] = blend(grey, colour >> 16 & 255);
            blended[at++] = blend(grey, colour >> 8 & 255);
            blended[at++] = blend(grey, colour & 255);
        }
        return new RgbImage(image.height(), image.width(), blended);
    }

    /** The same as PNG. */
    public static byte[] png(RgbImage image, float[] map, int height, int width, Sign sign) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(draw(image, map, height, width, sign).toBufferedImage(), "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a PNG into memory", e);
        }
        return png.toByteArray();
    }

    /** Luminance by ITU-R BT.601, lifted to {@link #DARKEST}..255. */
    private static float grey(int red, int green, int blue) {
        float luminance = 0.299f * red + 0.587f * green + 0.114f * blue;
        return DARKEST + luminance * (255 - DARKEST) / 255;
    }

    private static byte blend(float grey, int colour) {
        return (byte) Math.round((1 - COLOUR_SHARE) * grey + COLOUR_SHARE * colour);
    }
}
