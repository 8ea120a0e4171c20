package io.karyoflow.explain.rendering;

import io.karyoflow.common.image.RgbImage;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways to draw a map with its image; named as in Captum's {@code visualize_image_attr}. */
public enum Picture {
    /** The map in colour, without the image. */
    HEAT_MAP {
        @Override
        int argb(int red, int green, int blue, float value, ColourMap colours) {
            return OPAQUE | colours.rgb(value);
        }
    },
    /**
     * The map in colour over a greyscale copy of the image. Captum lays it over at one alpha; here it covers the more the
     * more a pixel matters, so that the image is seen where it does not, and colours are true where it does.
     */
    BLENDED_HEAT_MAP {
        @Override
        int argb(int red, int green, int blue, float value, ColourMap colours) {
            int colour = colours.rgb(value);
            float grey = grey(red, green, blue);
            float cover = LEAST_COVER + (MOST_COVER - LEAST_COVER) * Math.abs(value);
            return pack(
                    255,
                    blend(grey, colour >> 16 & 255, cover),
                    blend(grey, colour >> 8 & 255, cover),
                    blend(grey, colour & 255, cover));
        }
    },
    /** The image, the darker the less a pixel matters. */
    MASKED_IMAGE {
        @Override
        int argb(int red, int green, int blue, float value, ColourMap colours) {
            return pack(255, (int) (red * value), (int) (green * value), (int) (blue * value));
        }
    },
    /** The image, the more transparent the less a pixel matters. */
    ALPHA_SCALING {
        @Override
        int argb(int red, int green, int blue, float value, ColourMap colours) {
            return pack((int) (255 * value), red, green, blue);
        }
    };

    private static final int OPAQUE = 0xFF << 24;

    /** The share of the map's colour where the map is 0, and where it is at its limit. */
    private static final float LEAST_COVER = 0.3f;

    private static final float MOST_COVER = 0.8f;

    /** What is black in the image becomes this grey: else dark nuclei would darken the colours of the map over them. */
    private static final float DARKEST = 64;

    /**
     * @param image what was explained, of any size
     * @param map of any size; may be all 0
     * @return in the image's own size, with an alpha channel for {@link #ALPHA_SCALING} only
     * @throws IllegalArgumentException if the scale shows both signs and this picture cannot; {@link #hasColours}
     */
    public BufferedImage draw(RgbImage image, PixelMap map, Scale scale) {
        if (scale.sign() == Sign.ALL && !hasColours()) {
            throw new IllegalArgumentException("a picture of kind " + id()
                    + " cannot show what speaks for and against together; choose the sign positive, negative or"
                    + " absolute_value");
        }
        ColourMap colours = ColourMap.of(scale.sign());
        int type = this == ALPHA_SCALING ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage picture = new BufferedImage(image.width(), image.height(), type);
        float[] values =
                scale.normalise(map).resizedTo(image.height(), image.width()).values();
        byte[] rgb = image.rgb();
        for (int pixel = 0, at = 0; pixel < values.length; pixel++, at += 3) {
            int argb = argb(rgb[at] & 255, rgb[at + 1] & 255, rgb[at + 2] & 255, values[pixel], colours);
            picture.setRGB(pixel % image.width(), pixel / image.width(), argb);
        }
        return picture;
    }

    /** Whether it has colours for both; the others have only more or less of the image. */
    public boolean hasColours() {
        return this == HEAT_MAP || this == BLENDED_HEAT_MAP;
    }

    abstract int argb(int red, int green, int blue, float value, ColourMap colours);

    private static int pack(int alpha, int red, int green, int blue) {
        return alpha << 24 | red << 16 | green << 8 | blue;
    }

    /** Luminance by ITU-R BT.601, lifted to {@link #DARKEST}..255. */
    private static float grey(int red, int green, int blue) {
        float luminance = 0.299f * red + 0.587f * green + 0.114f * blue;
        return DARKEST + luminance * (255 - DARKEST) / 255;
    }

    private static int blend(float grey, int colour, float cover) {
        return Math.round((1 - cover) * grey + cover * colour);
    }

    /** As Captum and requests name it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no picture has this name; the message lists those that there are */
    public static Picture named(String name) {
        return Arrays.stream(values())
                .filter(picture -> picture.id().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown picture '" + name + "'; known are "
                        + Arrays.stream(values()).map(Picture::id).collect(Collectors.joining(", "))));
    }
}
