package io.karyoflow.common.message;

/**
 * Metrics over one split.
 *
 * @param loss mean cross entropy in nats, at least 0
 * @param accuracy share of images with the right label, 0 to 1
 * @param macroF1 unweighted mean over classes of F1 = 2TP / (2TP + FP + FN), 0 to 1
 */
public record EpochMetrics(double loss, double accuracy, double macroF1) {}
