package io.karyoflow.common.dataset;

/**
 * One row of a data set's CSV, stripped of surrounding blanks.
 *
 * @param line where it stands in the file, from 1
 * @param filename empty if missing
 * @param label as written; empty if missing
 * @param group patient, slide or tile; empty if missing
 * @param fold as written; empty if missing
 */
public record LabelRow(long line, String filename, String label, String group, String fold) {}
