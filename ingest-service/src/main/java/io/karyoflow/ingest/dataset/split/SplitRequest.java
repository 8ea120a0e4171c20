package io.karyoflow.ingest.dataset.split;

/**
 * How folds are wanted.
 *
 * @param folds number of folds of equal size, 2 to 100; 2 where {@code validationShare} is given
 * @param validationShare for a single split: the share of fold 0, the one to validate on; above 0 and below 1, or null
 * @param seed same images and seed, same folds
 * @param byDefault whether nobody asked for it: then folds that the data come with are used in its place; false, not null
 */
public record SplitRequest(int folds, Double validationShare, long seed, Boolean byDefault) {
    /** Most folds, which are numbered from 0. */
    static final int MOST_FOLDS = 100;

    /** @throws IllegalArgumentException if a value is out of its range; the message names it and the range */
    public SplitRequest {
        if (validationShare != null && !(validationShare > 0 && validationShare < 1)) {
            throw new IllegalArgumentException(
                    "validationShare is " + validationShare + "; it must be above 0 and below 1");
        }
        if (validationShare != null && folds != 2) {
            throw new IllegalArgumentException("give either folds or validationShare, not both");
        }
        if (folds < 2 || folds > MOST_FOLDS) {
            throw new IllegalArgumentException("folds is " + folds + "; it must be from 2 to " + MOST_FOLDS);
        }
        byDefault = byDefault != null && byDefault; // requests that were stored before data could come with folds
    }

    public static SplitRequest folds(int folds, long seed) {
        return new SplitRequest(folds, null, seed, false);
    }

    public static SplitRequest single(double validationShare, long seed) {
        return new SplitRequest(2, validationShare, seed, false);
    }

    /** The same, unless the data come with folds. */
    public SplitRequest unlessGiven() {
        return new SplitRequest(folds, validationShare, seed, true);
    }

    /** [folds] the share of the images that each fold should get; their sum is 1. */
    double[] shares() {
        if (validationShare != null) {
            return new double[] {validationShare, 1 - validationShare};
        }
        double[] shares = new double[folds];
        java.util.Arrays.fill(shares, 1.0 / folds);
        return shares;
    }
}
