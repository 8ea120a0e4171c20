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
    record Classification(float[][] probabilities, float[][] logits) {

        /** The class that image number {@code image} most probably shows; of several that are equal, the first. */
        public int mostProbable(int image) {
            float[] row = probabilities[image];
            int best = 0;
            for (int i = 1; i < row.length; i++) {
                if (row[i] > row[best]) {
                    best = i;
                }
            }
            return best;
        }
    }
}
