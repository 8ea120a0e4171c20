package io.karyoflow.tuner.search;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Randomness that depends on nothing but the study's seed and the trial's number. */
public final class Seeds {
    private Seeds() {}

    /**
     * Mixed, because generators whose seeds are some multiple of {@link SplittableRandom}'s own step apart walk one sequence,
     * one behind the other: trials would try each other's values again.
     *
     * @param number the trial's number in its study, from 1
     */
    public static RandomGenerator random(long studySeed, int number) {
        return new SplittableRandom(mixed(mixed(studySeed) + number));
    }

    /** The seed of a trial's weights, shuffling and augmentation, 0 to 2^31 - 1, so that people can type it again. */
    public static long trialSeed(long studySeed, int number) {
        return random(~studySeed, number).nextInt(Integer.MAX_VALUE);
    }

    private static long mixed(long value) {
        return new SplittableRandom(value).nextLong();
    }
}
