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
 * @param report what the predictions are worth, in detail
 */
public record EpochResult(
        int epoch,
        EpochMetrics training,
        EpochMetrics validation,
        double learningRate,
        double trainingImagesPerSecond,
        double validationImagesPerSecond,
        Predictions predictions,
        TrialReport report) {}
