package io.karyoflow.trainer.evaluation;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Area under the ROC curve of each class against the rest: the probability that an image of the class has a higher
 * probability of it than an image of another class. It is the Mann-Whitney statistic (Hanley and McNeil, The Meaning and
 * Use of the Area under a Receiver Operating Characteristic Curve, 1982): AUC = 1 / (P * N) * sum over the P images of
 * the class of (how many of the N others score lower + half of those that score the same).
 */
public final class RocAuc {
    private RocAuc() {}

    /**
     * Scores are the network's probabilities as they are: a temperature would order images of different classes anew.
     *
     * @return [C], 0 to 1, 0.5 by guessing; null for a class that none or all of the images have
     */
    public static Double[] byClass(Predictions predictions) {
        double[][] probabilities = new double[predictions.size()][];
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = predictions.probabilities(i, 1);
        }
        Double[] areas = new Double[predictions.classes()];
        for (int c = 0; c < areas.length; c++) {
            areas[c] = ofClass(c, predictions, probabilities);
        }
        return areas;
    }

    /**
     * Unweighted mean over the classes that have an area.
     *
     * @param areas by class
     * @return null if none has
     */
    public static Double mean(Double[] areas) {
        OptionalDouble mean = Arrays.stream(areas)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? mean.getAsDouble() : null;
    }

    private static Double ofClass(int c, Predictions predictions, double[][] probabilities) {
        double[] positives = new double[probabilities.length];
        double[] negatives = new double[probabilities.length];
        int positive = 0;
        int negative = 0;
        for (int i = 0; i < probabilities.length; i++) {
            if (predictions.label(i) == c) {
                positives[positive++] = probabilities[i][c];
            } else {
                negatives[negative++] = probabilities[i][c];
            }
        }
        if (positive == 0 || negative == 0) {
            return null;
        }
        return area(Arrays.copyOf(positives, positive), Arrays.copyOf(negatives, negative));
    }

    private static double area(double[] positives, double[] negatives) {
        Arrays.sort(positives);
        Arrays.sort(negatives);
        int lower = 0;
        int notHigher = 0;
        double sum = 0;
        for (double score : positives) {
            while (lower < negatives.length && negatives[lower] < score) {
                lower++;
            }
            while (notHigher < negatives.length && negatives[notHigher] <= score) {
                notHigher++;
            }
            sum += (lower + notHigher) / 2.0; // those that tie are in notHigher only, so they count half
        }
        return sum / positives.length / negatives.length;
    }
}
