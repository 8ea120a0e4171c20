package io.karyoflow.trainer.data;

import io.karyoflow.trainer.network.Stain;
import java.util.random.RandomGenerator;

/**
 * Dyes an image a little differently, as another laboratory would have (Tellez et al., Whole-Slide Mitosis Detection in
 * H&amp;E Breast Histology, 2018): the amount of each {@link Stain} becomes a s + b with a ~ N(1, sigma), b ~ N(0, sigma / 4),
 * the same for all pixels of an image.
 */
final class StainJitter {
    private static final float[] DENSITY = new float[256];
    /** Pixel values by optical density in steps of 1 / RESOLUTION; half a step changes no pixel by more than 1 in 8. */
    private static final int RESOLUTION = 1024;

    private static final byte[] PIXEL = new byte[8 * RESOLUTION];

    static {
        for (int pixel = 0; pixel < DENSITY.length; pixel++) {
            DENSITY[pixel] = (float) -Math.log(Math.max(pixel, 1) / 255.0);
        }
        for (int step = 0; step < PIXEL.length; step++) {
            PIXEL[step] = (byte) Math.round(255 * Math.exp(-step / (double) RESOLUTION));
        }
    }

    /** [3][4]: what red, green and blue before, and 1, add to each density after */
    private final float[][] after = new float[3][4];

    /** @param sigma 0 changes nothing */
    StainJitter(double sigma, RandomGenerator random) {
        for (Stain stain : Stain.values()) {
            double factor = 1 + sigma * random.nextGaussian();
            double summand = sigma / 4 * random.nextGaussian();
            for (int to = 0; to < 3; to++) {
                for (int from = 0; from < 3; from++) {
                    after[to][from] += (float) (stain.amount(from) * factor * stain.density(to));
                }
                after[to][3] += (float) (summand * stain.density(to));
            }
        }
    }

    /** @param rgb unsigned bytes; those from {@code from} to below {@code to}, a multiple of three, are changed */
    void apply(byte[] rgb, int from, int to) {
        float[] redAfter = after[0];
        float[] greenAfter = after[1];
        float[] blueAfter = after[2];
        for (int at = from; at < to; at += 3) {
            float red = DENSITY[rgb[at] & 255];
            float green = DENSITY[rgb[at + 1] & 255];
            float blue = DENSITY[rgb[at + 2] & 255];
            rgb[at] = pixel(redAfter, red, green, blue);
            rgb[at + 1] = pixel(greenAfter, red, green, blue);
            rgb[at + 2] = pixel(blueAfter, red, green, blue);
        }
    }

    private static byte pixel(float[] after, float red, float green, float blue) {
        float density = after[0] * red + after[1] * green + after[2] * blue + after[3];
        int step = (int) (density * RESOLUTION + 0.5f); // what lies below 0 is white, however it is rounded
        return PIXEL[Math.max(0, Math.min(PIXEL.length - 1, step))];
    }
}
