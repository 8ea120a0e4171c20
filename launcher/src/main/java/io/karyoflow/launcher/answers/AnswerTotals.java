package io.karyoflow.launcher.answers;

import java.util.List;

/**
 * All answers so far.
 *
 * @param predictions requests with a prediction
 * @param repeatedPredictions how often a request got a further one
 * @param attributions maps, of all methods
 */
public record AnswerTotals(int predictions, int repeatedPredictions, int attributions, List<DeadLetter> deadLetters) {
    public static final AnswerTotals NONE = new AnswerTotals(0, 0, 0, List.of());
}
