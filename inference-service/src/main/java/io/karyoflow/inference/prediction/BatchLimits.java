package io.karyoflow.inference.prediction;

/**
 * How much is decoded and computed at once, so that memory stays bounded whatever is asked.
 *
 * @param images at most so many in one batch, at least 1
 * @param batches at most so many are computed side by side, at least 1
 * @param pixels at most so many (sum of width x height) decoded and not yet classified; an image that is larger alone is
 *     classified alone
 */
public record BatchLimits(int images, int batches, long pixels) {
    public BatchLimits {
        if (images < 1 || batches < 1 || pixels < 1) {
            throw new IllegalArgumentException(batches + " batches of " + images + " images and " + pixels
                    + " pixels hold nothing; each must be at least 1");
        }
    }
}
