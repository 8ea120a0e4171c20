package io.karyoflow.inference.prediction;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Prediction;

/** What a request gets: never nothing. */
public sealed interface Answer {

    /**
     * The image has a label.
     *
     * @param colours of its slide, by which the model saw it; null if the model does not see slides
     */
    record Predicted(Prediction prediction, ColourStatistics colours) implements Answer {}

    /** The image cannot be used; the reason is fit for a dead letter. */
    record Refused(String reason) implements Answer {}
}
