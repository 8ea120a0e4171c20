package io.karyoflow.tuner.study;

import io.karyoflow.common.message.EpochMetrics;
import java.util.List;

/**
 * A stored model and how it did on images that it was not trained on.
 *
 * @param classes names by label
 * @param validatedOn those images
 * @param validation metrics on them after the last epoch
 */
public record ValidatedModel(String id, List<String> classes, ValidationFold validatedOn, EpochMetrics validation) {

    /** Whether a label of the one means what it means of the other: the same classes in the same order. */
    boolean labelsAlike(ValidatedModel other) {
        return classes.equals(other.classes);
    }

    /** Whether both were validated on the same images: only then do their metrics say which is better. */
    boolean isComparableWith(ValidatedModel other) {
        return validatedOn.hasImagesOf(other.validatedOn);
    }
}
