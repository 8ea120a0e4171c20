package io.karyoflow.common.runtime;

import io.karyoflow.common.model.ModelDescription;

/** What labels images: all that is needed of a model where nobody asks why. Safe for use by several threads. */
public interface Classifier {
    String id();

    ModelDescription description();

    Classification classify(ImageBatch images);

    /**
     * Of N images; C classes.
     *
     * @param probabilities [N][C], calibrated, each row summing to 1
     * @param logits [N][C]
     */
    record Classification(float[][] probabilities, float[][] logits) {}
}
