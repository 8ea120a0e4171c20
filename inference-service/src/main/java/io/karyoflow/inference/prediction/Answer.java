package io.karyoflow.inference.prediction;

import io.karyoflow.common.message.Prediction;

/** What a request gets: never nothing. */
public sealed interface Answer {

    /** The image has a label. */
    record Predicted(Prediction prediction) implements Answer {}

    /** The image cannot be used; the reason is fit for a dead letter. */
    record Refused(String reason) implements Answer {}
}
