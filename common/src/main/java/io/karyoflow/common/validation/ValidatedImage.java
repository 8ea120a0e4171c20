package io.karyoflow.common.validation;

/**
 * What a network said of one validation image.
 *
 * @param filename as in the data set's CSV
 * @param group patient, slide or tile; empty where the data names none
 * @param label index of the true class
 * @param predicted index of the class that the network takes it for
 * @param probabilities [C], calibrated, summing to 1
 */
public record ValidatedImage(String filename, String group, int label, int predicted, double[] probabilities) {
    /** The probability of what is predicted. */
    public double confidence() {
        return probabilities[predicted];
    }
}
