package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.trainer.evaluation.Predictions;

/**
 * What one epoch brought.
 *
 * @param epoch from 1
 * @param training metrics over the batches as they were learned from: augmented, with dropout, weights changing
 * @param validation metrics after the epoch
 * @param learningRate of the epoch's first step
 * @param trainingImagesPerSecond learned from
 * @param validationImagesPerSecond evaluated
 * @param predictions on the validation images
 */
public record EpochResult(
        int epoch,
        EpochMetrics training,
        EpochMetrics validation,
        double learningRate,
        double trainingImagesPerSecond,
        double validationImagesPerSecond,
        Predictions predictions) {

    /** The same epoch, with other predictions on the validation images. */
    EpochResult judgedBy(Predictions others) {
        return new EpochResult(
                epoch,
                training,
                others.metrics(),
                learningRate,
                trainingImagesPerSecond,
                validationImagesPerSecond,
                others);
    }
}
