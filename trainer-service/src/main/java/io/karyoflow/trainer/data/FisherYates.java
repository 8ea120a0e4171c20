package io.karyoflow.trainer.data;

import java.util.random.RandomGenerator;

/** Shuffling in which every order is equally likely (Fisher and Yates, 1938; in place by Durstenfeld, 1964). */
final class FisherYates {
    private FisherYates() {}

    static void shuffle(int[] values, RandomGenerator random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[other];
            values[other] = swapped;
        }
    }
}
