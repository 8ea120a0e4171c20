package io.karyoflow.common.message;

import java.time.Instant;

/**
 * A labelled image whose sender wants to know why, as {@code explanation-requests} carries it: the prediction request
 * once more, and the model that made the label, so that the explanation is of that model whatever is promoted meanwhile.
 *
 * @param request with at least one method in {@code explain}
 * @param modelId the model that made the label
 * @param requestedAt when the prediction request was written to its topic; the record has this timestamp
 */
public record ExplanationRequested(PredictionRequest request, String modelId, Instant requestedAt) {}
