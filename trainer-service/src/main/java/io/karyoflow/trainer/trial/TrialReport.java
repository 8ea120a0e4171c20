package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.evaluation.CalibrationError;
import io.karyoflow.trainer.evaluation.ClassMetrics;
import io.karyoflow.trainer.evaluation.ConfusionMatrix;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.evaluation.TemperatureScaling;
import java.util.List;

/**
 * A trained network on the validation images, in detail.
 *
 * @param classes names by label
 * @param confusionMatrix [C][C], rows true labels, columns predicted ones
 * @param perClass by label
 * @param temperature that calibrates it on these images
 * @param calibrationErrorBefore expected calibration error without it, 0 to 1
 * @param calibrationErrorAfter and with it; fitted and measured on the same images, so a little flattering
 */
public record TrialReport(
        List<String> classes,
        int[][] confusionMatrix,
        List<ClassMetrics> perClass,
        double temperature,
        double calibrationErrorBefore,
        double calibrationErrorAfter) {

    static TrialReport of(Predictions predictions, List<String> classes) {
        ConfusionMatrix matrix = predictions.confusionMatrix();
        double temperature = TemperatureScaling.fit(predictions);
        return new TrialReport(
                classes,
                matrix.counts(),
                matrix.perClass(classes),
                temperature,
                CalibrationError.of(predictions, 1),
                CalibrationError.of(predictions, temperature));
    }
}
