package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/**
 * Dyes an image a little differently, as another laboratory would have (Tellez et al., Whole-Slide Mitosis Detection in
 * H&amp;E Breast Histology, 2018). Light falls exponentially with stain: the optical density -ln(pixel / 255) of red, green
 * and blue is s M for the amounts s of haematoxylin, eosin and DAB, whose colours are the rows of M (Ruifrok and Johnston,
 * 2001). Each amount becomes a s + b with a ~ N(1, sigma), b ~ N(0, sigma / 4), the same for all pixels of an image.
 */
final class StainJitter {
    /** optical density in red, green and blue of haematoxylin, eosin and DAB */
    private static final double[][] COLOURS = {{0.65, 0.70, 0.29}, {0.07, 0.99, 0.11}, {0.27, 0.57, 0.78}};

    private static final double[][] AMOUNTS = inverse(COLOURS);

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
        for (int stain = 0; stain < 3; stain++) {
            double factor = 1 + sigma * random.nextGaussian();
            double summand = sigma / 4 * random.nextGaussian();
            for (int to = 0; to < 3; to++) {
                for (int from = 0; from < 3; from++) {
                    after[to][from] += (float) (AMOUNTS[from][stain] * factor * COLOURS[stain][to]);
                }
                after[to][3] += (float) (summand * COLOURS[stain][to]);
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

    /** Cramer's rule. */
    private static double[][] inverse(double[][] m) {
        double[][] inverse = new double[3][3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int r1 = (column + 1) % 3;
                int r2 = (column + 2) % 3;
                int c1 = (row + 1) % 3;
                int c2 = (row + 2) % 3;
                inverse[row][column] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
            }
        }
        double determinant = m[0][0] * inverse[0][0] + m[0][1] * inverse[1][0] + m[0][2] * inverse[2][0];
        for (double[] row : inverse) {
            for (int column = 0; column < 3; column++) {
                row[column] /= determinant;
            }
        }
        return inverse;
    }
}
