package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
    /** Labels by image: 70 of class 0, 25 of class 2, 5 of class 3, none of class 1. */
    private static final int[] LABELS = IntStream.range(0, 100)
            .map(i -> i % 20 == 3 ? 3 : i % 4 == 0 ? 2 : 0)
            .toArray();

    private static final int[] IMAGES = IntStream.range(0, 100).toArray();

    @Test
    void eachImageOnceIsAPermutation() {
        int[] order = order(Sampling.EACH_IMAGE_ONCE, 1);

        assertThat(order).isNotEqualTo(IMAGES);
        assertThat(Arrays.stream(order).sorted().toArray()).containsExactly(IMAGES);
    }

    @Test
    void classesHaveEqualPartsOfAnEpochAsLongAsBefore() {
        int[] order = order(Sampling.EACH_CLASS_EQUALLY, 1);

        assertThat(order).hasSize(100);
        assertThat(countOf(0, order)).isBetween(33, 34);
        assertThat(countOf(2, order)).isBetween(33, 34);
        assertThat(countOf(3, order)).isBetween(33, 34);
        // and are mixed
        assertThat(countOf(3, Arrays.copyOf(order, 50))).isBetween(8, 26);
    }

    @Test
    void rareImagesComeEquallyOftenAndFrequentOnesAtMostOnce() {
        int[] order = order(Sampling.EACH_CLASS_EQUALLY, 1);

        for (int image : IMAGES) {
            int times =
                    (int) Arrays.stream(order).filter(drawn -> drawn == image).count();
            switch (LABELS[image]) {
                case 0 -> assertThat(times).isBetween(0, 1);
                case 2 -> assertThat(times).isBetween(1, 2);
                default -> assertThat(times).isBetween(6, 7);
            }
        }
    }

    @Test
    void anotherEpochHasAnotherPartOfAFrequentClass() {
        int[] one = order(Sampling.EACH_CLASS_EQUALLY, 1);
        int[] other = order(Sampling.EACH_CLASS_EQUALLY, 2);

        assertThat(one).isEqualTo(order(Sampling.EACH_CLASS_EQUALLY, 1));
        assertThat(Arrays.stream(one)
                        .filter(image -> LABELS[image] == 0)
                        .sorted()
                        .toArray())
                .isNotEqualTo(Arrays.stream(other)
                        .filter(image -> LABELS[image] == 0)
                        .sorted()
                        .toArray());
    }

    private static int[] order(Sampling sampling, long seed) {
        return sampling.order(IMAGES, image -> LABELS[image], new SplittableRandom(seed));
    }

    private static int countOf(int label, int[] order) {
        return (int)
                Arrays.stream(order).filter(image -> LABELS[image] == label).count();
    }
}
