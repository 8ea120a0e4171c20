package io.karyoflow.common.message;

import java.time.Instant;

/**
 * A labelled image whose sender wants to know why, as {@code explanation-requests} carries it: the prediction request
 * once more with the label and the model that made it, so that the explanation is of both whatever is promoted meanwhile.
 *
 * @param request with at least one method in {@code explain}, and with the colours by which a model that sees slides saw
 *     the image; without them it sees the image by its own
 * @param modelId the model that made the label
 * @param label index of the class that the model said, from 0, or null if who asks does not say
 * @param requestedAt when the prediction request was written to its topic
 */
public record ExplanationRequested(PredictionRequest request, String modelId, Integer label, Instant requestedAt) {}
