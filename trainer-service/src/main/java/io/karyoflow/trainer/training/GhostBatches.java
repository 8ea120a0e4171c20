package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;

/** In how many parts a trial's batches are computed: ghost batches (Hoffer, Hubara and Soudry, 2017). */
public final class GhostBatches {
    /** Fewer images have no statistics to speak of. */
    private static final int LEAST_IMAGES = 8;

    private GhostBatches() {}

    /**
     * As many as asked for, unless that leaves them too small; at least 1.
     *
     * @param images that are learned from: a batch has no more
     */
    public static int count(Hyperparameters hyperparameters, int images) {
        int most = Math.min(hyperparameters.batchSize(), images) / LEAST_IMAGES;
        return Math.max(1, Math.min(hyperparameters.ghostBatches(), most));
    }
}
