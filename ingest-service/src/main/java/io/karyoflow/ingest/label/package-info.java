/**
 * Labels that were given, kept beside their topic: {@link io.karyoflow.ingest.label.StoredLabel} is what is kept of one, {@link
 * io.karyoflow.ingest.label.Labels} where, and {@link io.karyoflow.ingest.label.LabelQuery} which of them somebody wants. In
 * package {@code messaging} they come in, in package {@code web} they go out.
 */
package io.karyoflow.ingest.label;
