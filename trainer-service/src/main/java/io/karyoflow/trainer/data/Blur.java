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
        int radius = weights.length / 2;
        int row = 3 * width;
        float[] extended = new float[row + 6 * radius];
        float[][] rows = new float[height][row];
        for (int y = 0; y < height; y++) {
            extend(rgb, y * row, width, radius, extended);
            for (int tap = 0; tap < weights.length; tap++) {
                addWeighted(weights[tap], extended, 3 * tap, rows[y]);
            }
        }
        float[] sum = new float[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sum, 0.5f); // to round by cutting
            for (int tap = 0; tap < weights.length; tap++) {
                addWeighted(weights[tap], rows[Border.reflected(y + tap - radius, height)], 0, sum);
            }
            for (int x = 0; x < row; x++) {
                rgb[y * row + x] = (byte) (int) sum[x];
            }
        }
    }

    /** A row with its reflections at both ends. */
    private static void extend(byte[] rgb, int row, int width, int radius, float[] extended) {
        for (int x = -radius, at = 0; x < width + radius; x++) {
            int source = row + 3 * Border.reflected(x, width);
            for (int colour = 0; colour < 3; colour++) {
                extended[at++] = rgb[source + colour] & 255;
            }
        }
    }

    /** The loop that takes the time; it is this simple so that the compiler can use vector instructions. */
    private static void addWeighted(float weight, float[] values, int from, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * values[from + i];
        }
    }

    private static double weight(int distance, double sigma) {
        return Math.exp(-distance * distance / (2 * sigma * sigma));
    }
}
