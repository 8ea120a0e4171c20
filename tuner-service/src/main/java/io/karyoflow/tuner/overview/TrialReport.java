package io.karyoflow.tuner.overview;

import java.util.List;

/**
 * How a trial did on its validation fold after one of its epochs. What is measured after temperature scaling is measured
 * on other images than the temperature was fitted on.
 *
 * @param epoch from 1
 * @param classes names by label
 * @param confusionMatrix image counts; rows true label, columns predicted label
 * @param perClass in the order of {@code classes}
 * @param meanAuc unweighted mean over the classes that have an area under the ROC curve, 0 to 1; or null
 * @param temperature that logits are divided by
 * @param expectedCalibrationErrorBefore without the temperature, 0 to 1
 * @param expectedCalibrationErrorAfter with it, 0 to 1
 * @param brierScoreBefore without the temperature, 0 to 2; null in reports of earlier versions
 * @param brierScoreAfter with it
 */
public record TrialReport(
        int epoch,
        List<String> classes,
        List<List<Integer>> confusionMatrix,
        List<ClassMetrics> perClass,
        Double meanAuc,
        double temperature,
        double expectedCalibrationErrorBefore,
        double expectedCalibrationErrorAfter,
        Double brierScoreBefore,
        Double brierScoreAfter) {

    /**
     * @param support validation images of this class
     * @param auc area under the ROC curve of this class against the rest, 0 to 1; null if none or all of the images are
     *     of this class, and in reports of earlier versions
     */
    public record ClassMetrics(String className, double precision, double recall, double f1, int support, Double auc) {}
}
