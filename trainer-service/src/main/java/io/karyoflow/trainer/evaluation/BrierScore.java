package io.karyoflow.trainer.evaluation;

/**
 * Mean over images of the sum over classes of (p_c - y_c)^2, where y is 1 for the label and 0 for all other classes (Brier,
 * Verification of Forecasts Expressed in Terms of Probability, 1950). Least for the true probabilities, so it punishes
 * both wrong labels and wrong confidence.
 */
public final class BrierScore {
    private BrierScore() {}

    /**
     * @param temperature logits are divided by it, above 0
     * @return 0 (sure of the label each time) to 2 (sure of another); 1 - 1 / C for guessing evenly among C classes
     */
    public static double of(Predictions predictions, double temperature) {
        double sum = 0;
        for (int i = 0; i < predictions.size(); i++) {
            double[] probabilities = predictions.probabilities(i, temperature);
            probabilities[predictions.label(i)] -= 1;
            for (double difference : probabilities) {
                sum += difference * difference;
            }
        }
        return sum / predictions.size();
    }
}
