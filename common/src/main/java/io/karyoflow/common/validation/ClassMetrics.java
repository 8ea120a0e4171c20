package io.karyoflow.common.validation;

/**
 * One class against the rest.
 *
 * @param className its name
 * @param precision TP / (TP + FP), 0 if never predicted
 * @param recall TP / (TP + FN), 0 if there are no such images
 * @param f1 2TP / (2TP + FP + FN)
 * @param support images that have this label
 * @param auc area under the ROC curve of this class against the rest; null if none or all of the images have this label,
 *     or if only counts are known
 */
public record ClassMetrics(String className, double precision, double recall, double f1, int support, Double auc) {}
