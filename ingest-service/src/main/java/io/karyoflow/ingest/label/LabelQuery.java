package io.karyoflow.ingest.label;

import java.time.Instant;

/**
 * Which labels somebody wants. What is null does not matter.
 *
 * @param slide that the images were cut from
 * @param from labelled at this time or later
 * @param to labelled before this time
 * @param modelId of the model that said so
 */
public record LabelQuery(String slide, Instant from, Instant to, String modelId) {}
