package io.karyoflow.ingest.label;

import java.time.Instant;

/**
 * Which labels somebody wants. What is null does not matter.
 *
 * @param slide that the images were cut from
 * @param from labelled at this time or later
 * @param to labelled before this time
 * @param modelId of the model that said so
 * @param maxMargin the largest probability exceeds the second largest by at most this, 0 to 1
 */
public record LabelQuery(String slide, Instant from, Instant to, String modelId, Double maxMargin) {}
