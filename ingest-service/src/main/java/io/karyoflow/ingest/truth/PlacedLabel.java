package io.karyoflow.ingest.truth;

/**
 * Where a label is on its slide.
 *
 * @param x left edge of the patch in pixels
 * @param y upper edge
 */
public record PlacedLabel(String requestId, long x, long y) {}
