package io.karyoflow.explain.attribution;

import java.util.SplittableRandom;

/** Gives each random sample numbers of its own, so that it is the same whatever was drawn before and like no other. */
public final class SampleRandom {
    private SampleRandom() {}

    /**
     * A generator walks from its seed in steps of the golden ratio of 2^64, so samples must not lie whole steps apart: the
     * numbers of one would be those of another, shifted. Neighbours do not for any number of steps that is ever drawn.
     *
     * @param sample from 0
     */
    public static SplittableRandom of(long seed, int sample) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + sample);
    }
}
