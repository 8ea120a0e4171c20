package io.karyoflow.explain.attribution;

import java.util.Map;
import java.util.SplittableRandom;

/** Where {@link NoiseTunnel} takes its noise from, so that another implementation's noise can be fed in. */
@FunctionalInterface
public interface Noise {
    /**
     * @param sample the how-maniest noisy copy of the input this is for, from 0
     * @return [length] values of mean 0 and standard deviation 1; the same for the same sample at every call
     */
    float[] standardNormal(int sample, int length);

    /** The settings that the values depend on. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** Same seed, same noise, whatever the order in which samples are asked for. */
    static Noise seeded(long seed) {
        return new Seeded(seed);
    }

    /** Gaussian noise from a generator of its own for each sample. */
    record Seeded(long seed) implements Noise {
        @Override
        public float[] standardNormal(int sample, int length) {
            SplittableRandom random = SampleRandom.of(seed, sample);
            float[] noise = new float[length];
            for (int i = 0; i < length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            return noise;
        }

        @Override
        public Map<String, Object> parameters() {
            return Map.of("seed", seed);
        }
    }
}
