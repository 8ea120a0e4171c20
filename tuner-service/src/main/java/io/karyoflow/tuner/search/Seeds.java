package io.karyoflow.tuner.search;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Randomness that depends on nothing but the study's seed and the trial's number. */
public final class Seeds {
    /** An odd constant near 2^64 / golden ratio: consecutive numbers land far apart. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** @param number the trial's number in its study, from 1 */
    public static RandomGenerator random(long studySeed, int number) {
        return new SplittableRandom(new SplittableRandom(studySeed).nextLong() + number * SPREAD);
    }

    /** The seed of a trial's weights, shuffling and augmentation, 0 to 2^31 - 1, so that people can type it again. */
    public static long trialSeed(long studySeed, int number) {
        return random(~studySeed, number).nextInt(Integer.MAX_VALUE);
    }
}
