package io.karyoflow.tuner.overview;

import java.util.List;

/**
 * How a completed trial did on its validation fold.
 *
 * @param classes names by label
 * @param confusionMatrix image counts; rows true label, columns predicted label
 * @param perClass in the order of {@code classes}
 * @param temperature that logits are divided by
 * @param expectedCalibrationErrorBefore without the temperature, 0 to 1
 * @param expectedCalibrationErrorAfter with it, 0 to 1
 */
public record TrialReport(
        List<String> classes,
        List<List<Integer>> confusionMatrix,
        List<ClassMetrics> perClass,
        double temperature,
        double expectedCalibrationErrorBefore,
        double expectedCalibrationErrorAfter) {

    /** @param support validation images of this class */
    public record ClassMetrics(String className, double precision, double recall, double f1, int support) {}
}
