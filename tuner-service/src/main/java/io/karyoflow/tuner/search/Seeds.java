package io.karyoflow.tuner.search;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Randomness that depends on nothing but the study's seed and the trial's number. */
public final class Seeds {
    private Seeds() {}

    /**
     * Trials must not lie whole steps of the generator apart, which are multiples of 2^64 / golden ratio: what one draws second
     * would be what the next draws first.
     *
     * @param number the trial's number in its study, from 1
     */
    public static RandomGenerator random(long studySeed, int number) {
        return new SplittableRandom(new SplittableRandom(studySeed).nextLong() + number);
    }

    /** The seed of a trial's weights, shuffling and augmentation, 0 to 2^31 - 1, so that people can type it again. */
    public static long trialSeed(long studySeed, int number) {
        return random(~studySeed, number).nextInt(Integer.MAX_VALUE);
    }
}
