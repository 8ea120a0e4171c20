package io.karyoflow.trainer.trial;

import io.karyoflow.common.validation.ClassMetrics;
import io.karyoflow.common.validation.ConfusionMatrix;
import io.karyoflow.trainer.evaluation.Calibration;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.evaluation.RocAuc;
import java.util.List;

/**
 * A network on the validation images after one epoch, in detail.
 *
 * @param classes names by label
 * @param confusionMatrix [C][C], rows true labels, columns predicted ones
 * @param perClass by label
 * @param meanAuc unweighted mean of the classes' areas under the ROC curve, 0 to 1; null if no class has one
 * @param calibration whether its probabilities hold, and the temperature that makes them
 */
public record TrialReport(
        List<String> classes,
        int[][] confusionMatrix,
        List<ClassMetrics> perClass,
        Double meanAuc,
        Calibration calibration) {

    static TrialReport of(Predictions predictions, List<String> classes) {
        ConfusionMatrix matrix = predictions.confusionMatrix();
        Double[] areas = RocAuc.byClass(predictions);
        return new TrialReport(
                classes,
                matrix.counts(),
                matrix.perClass(classes, areas),
                RocAuc.mean(areas),
                Calibration.of(predictions));
    }
}
