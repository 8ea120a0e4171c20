package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.trainer.evaluation.Predictions;

/**
 * One trial.
 *
 * @param fold that it was validated on
 * @param seed of the trial
 * @param predictions on the fold's images, after the last epoch
 * @param temperature that calibrates them
 * @param calibrationErrorBefore expected calibration error without it, 0 to 1
 * @param calibrationErrorAfter and with it
 * @param seconds from its request to its packed model
 */
record FoldResult(
        int fold,
        long seed,
        Predictions predictions,
        double temperature,
        double calibrationErrorBefore,
        double calibrationErrorAfter,
        double seconds) {}
