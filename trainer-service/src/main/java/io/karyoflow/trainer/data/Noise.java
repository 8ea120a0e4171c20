package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/**
 * Adds what a camera adds: to each value of each pixel a number of its own ~ N(0, deviation), cut at black and white.
 *
 * @param deviation in grey levels
 */
record Noise(double deviation) {

    /** The deviation is uniform up to {@code largest}. */
    static Noise draw(double largest, RandomGenerator random) {
        return new Noise(largest * random.nextDouble());
    }

    /** @param rgb unsigned bytes, of which all are changed */
    void apply(byte[] rgb, RandomGenerator random) {
        for (int i = 0; i < rgb.length; i++) {
            long noisy = Math.round((rgb[i] & 255) + deviation * random.nextGaussian());
            rgb[i] = (byte) Math.max(0, Math.min(255, noisy));
        }
    }
}
