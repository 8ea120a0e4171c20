package io.karyoflow.trainer.data;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Which images an epoch has. It is as long as there are images, and its order is random. */
public enum Sampling {
    EACH_IMAGE_ONCE {
        @Override
        int[] order(int[] images, IntUnaryOperator label, RandomGenerator random) {
            int[] order = images.clone();
            FisherYates.shuffle(order, random);
            return order;
        }
    },

    /**
     * Each class that there is has the same number of places, but for one. A rare class fills them by coming round several
     * times, each time in another order; of a frequent class an epoch has a part, another one each time.
     */
    EACH_CLASS_EQUALLY {
        @Override
        int[] order(int[] images, IntUnaryOperator label, RandomGenerator random) {
            int[][] classes = byClass(images, label);
            int[] order = new int[images.length];
            int at = 0;
            for (int number = 0; number < classes.length; number++) {
                int[] members = classes[number];
                int end = (int) ((number + 1L) * images.length / classes.length);
                for (int drawn = 0; at < end; drawn++) {
                    if (drawn % members.length == 0) {
                        FisherYates.shuffle(members, random);
                    }
                    order[at++] = members[drawn % members.length];
                }
            }
            FisherYates.shuffle(order, random);
            return order;
        }
    };

    /**
     * @param images numbers of the images that there are
     * @param label gives an image's label
     * @return as many numbers of images
     */
    abstract int[] order(int[] images, IntUnaryOperator label, RandomGenerator random);

    private static int[][] byClass(int[] images, IntUnaryOperator label) {
        Map<Integer, IntStream.Builder> classes = new TreeMap<>();
        for (int image : images) {
            classes.computeIfAbsent(label.applyAsInt(image), any -> IntStream.builder())
                    .add(image);
        }
        return classes.values().stream()
                .map(members -> members.build().toArray())
                .toArray(int[][]::new);
    }
}
