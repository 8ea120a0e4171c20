package io.karyoflow.ingest.dataset.split;

import io.karyoflow.common.message.DatasetRegistered.Split;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Each image's fold, in the order of the images. */
public final class Folds {
    private final int[] folds;
    private final int[][] counts;
    private final Split split;

    /**
     * @param folds [images] the fold of each
     * @param counts [folds][classes] images
     */
    Folds(int[] folds, int[][] counts, Split split) {
        this.folds = folds;
        this.counts = counts;
        this.split = split;
    }

    public int of(int image) {
        return folds[image];
    }

    /** Images in each fold, by label. */
    public List<List<Integer>> counts() {
        return Arrays.stream(counts)
                .map(fold -> IntStream.of(fold).boxed().toList())
                .toList();
    }

    /** In how many folds there are images of a class. */
    int withClass(int label) {
        return (int) Arrays.stream(counts).filter(fold -> fold[label] > 0).count();
    }

    int size(int fold) {
        return IntStream.of(counts[fold]).sum();
    }

    public Split split() {
        return split;
    }
}
