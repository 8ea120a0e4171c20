package io.karyoflow.common.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.util.Arrays;

/**
 * A decoded image.
 *
 * @param height in pixels
 * @param width in pixels
 * @param rgb [height * width * 3], red, green, blue of each pixel row by row, 0..255 as unsigned bytes
 */
public record RgbImage(int height, int width, byte[] rgb) {

    public RgbImage {
        if (rgb.length != height * width * 3) {
            throw new IllegalArgumentException(
                    rgb.length + " values cannot be an image of " + height + " x " + width + " x 3");
        }
    }

    public static RgbImage of(BufferedImage image) {
        int height = image.getHeight();
        int width = image.getWidth();
        byte[] rgb = new byte[height * width * 3];
        if (isGrey(image.getColorModel())) {
            copyGrey(image, rgb);
        } else if (isRgbInBytes(image.getColorModel())) {
            copyBytes(image, rgb);
        } else {
            copyColours(image, rgb);
        }
        return new RgbImage(height, width, rgb);
    }

    private static boolean isGrey(ColorModel model) {
        return model instanceof ComponentColorModel && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    }

    /** Whether the samples are the values, as in most files: to copy them is many times as fast as to ask for colours. */
    private static boolean isRgbInBytes(ColorModel model) {
        return model instanceof ComponentColorModel
                && model.getColorSpace().isCS_sRGB()
                && !model.isAlphaPremultiplied()
                && model.getTransferType() == DataBuffer.TYPE_BYTE
                && Arrays.stream(model.getComponentSize()).allMatch(bits -> bits == 8);
    }

    private static void copyBytes(BufferedImage image, byte[] rgb) {
        boolean hasAlpha = image.getColorModel().hasAlpha();
        byte[] samples = hasAlpha ? new byte[rgb.length / 3 * 4] : rgb;
        image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), samples);
        if (hasAlpha) {
            for (int from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
                int alpha = samples[from + 3] & 255;
                rgb[to] = overWhite(samples[from], alpha);
                rgb[to + 1] = overWhite(samples[from + 1], alpha);
                rgb[to + 2] = overWhite(samples[from + 2], alpha);
            }
        }
    }

    /** Of any colour model, with or without transparency. */
    private static void copyColours(BufferedImage image, byte[] rgb) {
        int width = image.getWidth();
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                int alpha = pixel >>> 24;
                rgb[at++] = overWhite(pixel >> 16, alpha);
                rgb[at++] = overWhite(pixel >> 8, alpha);
                rgb[at++] = overWhite(pixel, alpha);
            }
        }
    }

    /** Java takes grey values for linear light and would brighten them; in image files they are sRGB, like colours. */
    private static void copyGrey(BufferedImage image, byte[] rgb) {
        ColorModel model = image.getColorModel();
        boolean hasAlpha = model.hasAlpha();
        double greyScale = 255.0 / ((1L << model.getComponentSize(0)) - 1);
        double alphaScale = hasAlpha ? 255.0 / ((1L << model.getComponentSize(1)) - 1) : 0;
        int[] sample = new int[model.getNumComponents()];
        for (int y = 0, at = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++, at += 3) {
                image.getRaster().getPixel(x, y, sample);
                int alpha = hasAlpha ? (int) Math.round(sample[1] * alphaScale) : 255;
                byte grey = overWhite((int) Math.round(sample[0] * greyScale), alpha);
                rgb[at] = grey;
                rgb[at + 1] = grey;
                rgb[at + 2] = grey;
            }
        }
    }

    /** What lies under a transparent pixel is the glass of the slide: white. */
    private static byte overWhite(int channel, int alpha) {
        return (byte) (((channel & 255) * alpha + 255 * (255 - alpha) + 127) / 255);
    }

    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++, at += 3) {
                image.setRGB(x, y, (rgb[at] & 255) << 16 | (rgb[at + 1] & 255) << 8 | rgb[at + 2] & 255);
            }
        }
        return image;
    }

    /** The same values as floats, 0..255, written to {@code target} from {@code offset} on. */
    public void copyTo(float[] target, int offset) {
        for (int i = 0; i < rgb.length; i++) {
            target[offset + i] = rgb[i] & 255;
        }
    }
}
