package io.karyoflow.ingest.dataset.split;

import io.karyoflow.common.message.DatasetRegistered.Split;
import java.util.List;
import java.util.stream.IntStream;

/** Each image's fold, in the order of the images. */
public final class Folds {
    private final int[] folds;
    private final Split split;

    Folds(int[] folds, Split split) {
        this.folds = folds;
        this.split = split;
    }

    public int of(int image) {
        return folds[image];
    }

    /** Images in each fold. */
    public List<Integer> counts() {
        int[] counts = new int[split.folds()];
        IntStream.of(folds).forEach(fold -> counts[fold]++);
        return IntStream.of(counts).boxed().toList();
    }

    public Split split() {
        return split;
    }
}
