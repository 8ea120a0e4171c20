package io.karyoflow.explain.attribution;

import java.util.SplittableRandom;

/** Where {@link SmoothGrad} takes its noise from, so that another implementation's noise can be fed in. */
@FunctionalInterface
public interface Noise {
    /**
     * @param sample the how-maniest noisy copy of the input this is for, from 0
     * @return [length] values of mean 0 and standard deviation 1; the same for the same sample at every call
     */
    float[] standardNormal(int sample, int length);

    /** Same seed, same noise, whatever the order in which samples are asked for. */
    static Noise seeded(long seed) {
        return (sample, length) -> {
            SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (sample + 1));
            float[] noise = new float[length];
            for (int i = 0; i < length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            return noise;
        };
    }
}
