package io.karyoflow.trainer.evaluation;

/**
 * Expected calibration error (Guo et al., On Calibration of Modern Neural Networks, 2017): images are put into 15 bins by
 * the probability of the predicted class; ECE = sum over bins of |bin| / N * |accuracy(bin) - mean confidence(bin)|.
 */
public final class CalibrationError {
    private static final int BINS = 15;

    private CalibrationError() {}

    /**
     * @param temperature logits are divided by it, above 0
     * @return 0 (right as often as it says) to 1
     */
    public static double of(Predictions predictions, double temperature) {
        double[] confidence = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < predictions.size(); i++) {
            double[] probabilities = predictions.probabilities(i, temperature);
            int predicted = predictions.predicted(i);
            // bin m of M holds ((m - 1) / M, m / M]
            int bin = Math.max(0, (int) Math.ceil(probabilities[predicted] * BINS) - 1);
            bin = Math.min(bin, BINS - 1);
            confidence[bin] += probabilities[predicted];
            right[bin] += predicted == predictions.label(i) ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(right[bin] - confidence[bin]); // both are sums over the bin, so |bin| cancels
        }
        return error / predictions.size();
    }
}
