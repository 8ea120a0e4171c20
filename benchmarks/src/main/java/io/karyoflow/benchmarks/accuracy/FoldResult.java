package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.evaluation.Predictions;
import java.util.List;

/**
 * One trial.
 *
 * @param fold that it was validated on
 * @param seed of the trial
 * @param predictions on the fold's images, after the last epoch
 * @param temperature that calibrates them
 * @param calibrationErrorBefore expected calibration error without it, 0 to 1
 * @param calibrationErrorAfter and with it
 * @param images what the predictions are of, with probabilities that are calibrated: mistakes first
 * @param seconds from its request to its packed model
 */
record FoldResult(
        int fold,
        long seed,
        Predictions predictions,
        double temperature,
        double calibrationErrorBefore,
        double calibrationErrorAfter,
        List<ValidatedImage> images,
        double seconds) {}
