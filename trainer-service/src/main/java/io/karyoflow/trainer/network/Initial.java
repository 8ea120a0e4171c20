package io.karyoflow.trainer.network;

import java.util.Arrays;
import java.util.Random;

/** What a weight is before it has learned anything. */
@FunctionalInterface
public interface Initial {
    Initial ZERO = (values, random) -> Arrays.fill(values, 0f);
    Initial ONE = (values, random) -> Arrays.fill(values, 1f);

    /** Fills {@code values}; all chance comes from {@code random}. */
    void fill(float[] values, Random random);

    /**
     * Normally distributed with variance 2 / fanIn, which keeps the signal's size through rectified layers (He et al.,
     * Delving Deep into Rectifiers, 2015).
     */
    static Initial he(long fanIn) {
        double deviation = Math.sqrt(2.0 / fanIn);
        return (values, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (random.nextGaussian() * deviation);
            }
        };
    }
}
