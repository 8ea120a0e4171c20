package io.karyoflow.ingest.dataset.split;

/**
 * What a split looks at.
 *
 * @param label of the image, from 0
 * @param group patient, slide or tile, or null if the data names none
 */
public record SplitItem(int label, String group) {}
