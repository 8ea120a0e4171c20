/**
 * Folds: which images a study validates on. Pure and seeded; {@link io.karyoflow.ingest.dataset.split.SplitImages}
 * chooses between {@link io.karyoflow.ingest.dataset.split.StratifiedFolds} and {@link
 * io.karyoflow.ingest.dataset.split.GroupedStratifiedFolds} by whether the data names groups.
 */
package io.karyoflow.ingest.dataset.split;
