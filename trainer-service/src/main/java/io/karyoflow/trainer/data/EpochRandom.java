package io.karyoflow.trainer.data;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Random numbers without history: what an image meets depends on seed, epoch and its position in the epoch's order, never
 * on what was drawn before. So an epoch can begin in its middle.
 *
 * @param epoch from 1
 */
record EpochRandom(long seed, int epoch) {
    private static final int ORDER = 0;
    private static final int IMAGE = 1;
    private static final int BATCH = 2;
    private static final int SLIDE = 3;

    /** For the order of the epoch's images. */
    RandomGenerator order() {
        return generator(ORDER, 0);
    }

    /** For the image at this position of the order, from 0. */
    RandomGenerator image(int position) {
        return generator(IMAGE, position);
    }

    /** For what happens to a batch as a whole. @param step from 0 */
    RandomGenerator batch(int step) {
        return generator(BATCH, step);
    }

    /** For whether the slide of the image at this position of the order is known, from 0. */
    RandomGenerator slide(int position) {
        return generator(SLIDE, position);
    }

    private RandomGenerator generator(int purpose, int number) {
        return new SplittableRandom(mix(mix(mix(mix(0, seed), epoch), purpose), number));
    }

    /** SplitMix64's step with Stafford's 13th finaliser (Steele, Lea and Flood, 2014): each bit changes half of all bits. */
    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
