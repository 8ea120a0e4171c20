package io.karyoflow.launcher.answers;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.Prediction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the services have answered so far. */
public interface Answers {
    /** The answer to the first request with that file name. */
    Optional<Prediction> predictionOf(String filename);

    Optional<Prediction> prediction(String requestId);

    /** By method. */
    Map<String, Attribution> attributions(String requestId);

    List<DeadLetter> deadLetters();

    AnswerTotals totals();
}
