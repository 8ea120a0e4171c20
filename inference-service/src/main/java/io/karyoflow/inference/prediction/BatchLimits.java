package io.karyoflow.inference.prediction;

/**
 * How much is decoded and computed at once, so that memory stays bounded whatever is asked.
 *
 * @param images at most so many in one batch, at least 1
 * @param pixels at most so many (sum of width x height) decoded and not yet classified; an image that is larger alone is
 *     classified alone
 */
public record BatchLimits(int images, long pixels) {
    public BatchLimits {
        if (images < 1 || pixels < 1) {
            throw new IllegalArgumentException("a batch of " + images + " images and " + pixels
                    + " pixels holds nothing; both must be at least 1");
        }
    }
}
