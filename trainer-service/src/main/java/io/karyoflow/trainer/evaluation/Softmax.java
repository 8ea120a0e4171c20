package io.karyoflow.trainer.evaluation;

/** p_c = exp(z_c / T) / sum exp(z / T) for logits z and temperature T, computed from the largest logit down. */
final class Softmax {
    private Softmax() {}

    /** log p_c, at most 0 */
    static double logProbability(float[] logits, int c, double temperature) {
        double largest = logits[largest(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp((logit - largest) / temperature);
        }
        return (logits[c] - largest) / temperature - Math.log(sum);
    }

    /** The mean of log p_c over the classes. */
    static double meanLogProbability(float[] logits, double temperature) {
        double mean = 0;
        for (float logit : logits) {
            mean += (double) logit / logits.length;
        }
        int largest = largest(logits);
        return logProbability(logits, largest, temperature) - (logits[largest] - mean) / temperature;
    }

    static double[] probabilities(float[] logits, double temperature) {
        double[] probabilities = new double[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = Math.exp(logProbability(logits, c, temperature));
        }
        return probabilities;
    }

    /** Index of the largest; the first of equals. */
    static int largest(float[] logits) {
        int largest = 0;
        for (int c = 1; c < logits.length; c++) {
            if (logits[c] > logits[largest]) {
                largest = c;
            }
        }
        return largest;
    }
}
