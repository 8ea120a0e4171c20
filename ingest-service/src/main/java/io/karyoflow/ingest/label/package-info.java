/**
 * Labels that were given, kept beside their topic: {@link io.karyoflow.ingest.label.StoredLabel} is what is kept of one. By
 * {@link io.karyoflow.ingest.label.KeepLabels} they come in, from package {@code messaging}; by
 * {@link io.karyoflow.ingest.label.Labels} they go out, to package {@code web}, and
 * {@link io.karyoflow.ingest.label.LabelQuery} says which of them somebody wants.
 */
package io.karyoflow.ingest.label;
