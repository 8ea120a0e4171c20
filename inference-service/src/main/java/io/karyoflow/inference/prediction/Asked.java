package io.karyoflow.inference.prediction;

import io.karyoflow.common.message.PredictionRequest;
import java.time.Instant;

/**
 * A request and when it was written to its topic: latency counts from there, so the time in the queue is in it.
 */
public record Asked(PredictionRequest request, Instant at) {}
