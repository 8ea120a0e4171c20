package io.karyoflow.ingest.sample;

import java.util.Random;

/** Seeded choices. */
final class Draw {
    private Draw() {}

    static double between(Random random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static boolean chance(Random random, double probability) {
        return random.nextDouble() < probability;
    }

    /** Seeds of neighbouring numbers give unrelated streams (Steele et al., SplittableRandom's mixing, 2014). */
    static Random stream(long seed, long number) {
        long mixed = seed * 0x9E3779B97F4A7C15L + (number + 1) * 0xD1B54A32D192ED03L;
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return new Random(mixed ^ mixed >>> 31);
    }
}
