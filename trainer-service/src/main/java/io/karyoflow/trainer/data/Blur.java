package io.karyoflow.trainer.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Puts an image out of focus: each pixel becomes the mean of its neighbours at distance d with weights proportional to
 * exp(-d^2 / (2 sigma^2)), along the rows and then along the columns, out to 3 sigma. Beyond the border lies the image's
 * reflection.
 */
final class Blur {
    /** [2 * radius + 1], with sum 1 */
    private final float[] weights;

    /** @param sigma in pixels, above 0 */
    Blur(double sigma) {
        int radius = (int) Math.ceil(3 * sigma);
        weights = new float[2 * radius + 1];
        double sum = 0;
        for (int distance = -radius; distance <= radius; distance++) {
            sum += weight(distance, sigma);
        }
        for (int distance = -radius; distance <= radius; distance++) {
            weights[radius + distance] = (float) (weight(distance, sigma) / sum);
        }
    }

    /** Sigma is uniform up to {@code largest}, in pixels. */
    static Blur draw(double largest, RandomGenerator random) {
        return new Blur(largest * (1 - random.nextDouble()));
    }

    /** @param rgb [height * width * 3], unsigned bytes */
    void apply(byte[] rgb, int height, int width) {
        float[][] rows = alongRows(rgb, height, width);
        int radius = weights.length / 2;
        float[] sum = new float[3 * width];
        for (int y = 0, at = 0; y < height; y++) {
            Arrays.fill(sum, 0.5f); // so that cutting rounds
            for (int tap = 0; tap < weights.length; tap++) {
                addWeighted(weights[tap], rows[Border.reflected(y + tap - radius, height)], sum);
            }
            for (float value : sum) {
                rgb[at++] = (byte) (int) value;
            }
        }
    }

    private float[][] alongRows(byte[] rgb, int height, int width) {
        int[] columns = withReflections(width);
        float[] extended = new float[3 * columns.length];
        float[] shifted = new float[3 * width];
        float[][] rows = new float[height][3 * width];
        for (int y = 0; y < height; y++) {
            int at = 0;
            for (int column : columns) {
                int source = 3 * (y * width + column);
                extended[at++] = rgb[source] & 255;
                extended[at++] = rgb[source + 1] & 255;
                extended[at++] = rgb[source + 2] & 255;
            }
            for (int tap = 0; tap < weights.length; tap++) {
                System.arraycopy(extended, 3 * tap, shifted, 0, shifted.length);
                addWeighted(weights[tap], shifted, rows[y]);
            }
        }
        return rows;
    }

    /** The columns of a row as they are seen from radius before its start to radius behind its end. */
    private int[] withReflections(int width) {
        int[] columns = new int[width + weights.length - 1];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Border.reflected(i - weights.length / 2, width);
        }
        return columns;
    }

    /**
     * The loop that takes the time. With one index for both arrays the compiler uses vector instructions, which makes up
     * for the copying of a shifted row four times over.
     */
    private static void addWeighted(float weight, float[] values, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[i];
        }
    }

    private static double weight(int distance, double sigma) {
        return Math.exp(-distance * distance / (2 * sigma * sigma));
    }
}
