package io.karyoflow.tuner.study;

import io.karyoflow.common.message.EpochMetrics;
import java.util.List;

/**
 * A stored model and how it did on images that it was not trained on.
 *
 * @param classes names by label
 * @param dataset id of the data set that it was trained and validated on
 * @param validationFold the fold of it that was kept for validation
 * @param validation metrics on that fold after the last epoch
 */
public record ValidatedModel(
        String id, List<String> classes, String dataset, int validationFold, EpochMetrics validation) {

    /** Whether a label of the one means what it means of the other: the same classes in the same order. */
    boolean labelsAlike(ValidatedModel other) {
        return classes.equals(other.classes);
    }

    /** Whether both were validated on the same images: only then do their metrics say which is better. */
    boolean isComparableWith(ValidatedModel other) {
        return dataset.equals(other.dataset) && validationFold == other.validationFold;
    }
}
