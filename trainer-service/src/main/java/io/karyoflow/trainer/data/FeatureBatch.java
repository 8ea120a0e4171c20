package io.karyoflow.trainer.data;

/**
 * What the part of a network before its head makes of some images.
 *
 * @param features [N * F]
 * @param labels [N], class indices from 0
 */
public record FeatureBatch(float[] features, int[] labels) implements Examples {}
