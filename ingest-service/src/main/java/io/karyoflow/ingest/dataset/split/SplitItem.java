package io.karyoflow.ingest.dataset.split;

/**
 * What a split looks at.
 *
 * @param label of the image, from 0
 * @param group patient, slide or tile, or null if the data names none
 * @param fold that the data puts it in, from 0, or null if it is to be dealt; all items have one or none has
 */
public record SplitItem(int label, String group, Integer fold) {}
