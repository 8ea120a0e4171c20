package io.karyoflow.launcher.job;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.answers.AnswerTotals;
import io.karyoflow.launcher.answers.Answers;
import io.karyoflow.launcher.answers.DeadLetter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Answers that the test gives. */
final class RecordedAnswers implements Answers {
    final Map<String, Prediction> byFilename = new HashMap<>();
    final List<DeadLetter> deadLetters = new ArrayList<>();

    private final Map<String, Map<String, Attribution>> attributions = new HashMap<>();

    /** Lets these explanations come, and the label with them. */
    void explain(String requestId, List<String> methods) {
        attributions.put(
                requestId,
                methods.stream().collect(Collectors.toMap(Function.identity(), RecordedAnswers::attribution)));
    }

    static Prediction labelled(String className) {
        return labelled(className, null);
    }

    static Prediction labelled(String className, String warning) {
        return new Prediction(
                "r",
                "i",
                "f",
                null,
                null,
                null,
                null,
                1,
                className,
                List.of(),
                "m",
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                warning);
    }

    private static Attribution attribution(String method) {
        return new Attribution(
                "r",
                "i",
                "f",
                null,
                null,
                null,
                method,
                Map.of(),
                1,
                "muscle",
                1,
                1,
                List.of(1, 1),
                "",
                Base64.getEncoder().encodeToString(LabelAndExplainScenario.png()),
                new Attribution.Faithfulness(null, 0.2, 0.9, null, null),
                "m",
                Instant.EPOCH,
                1);
    }

    @Override
    public Optional<Prediction> predictionOf(String filename) {
        return Optional.ofNullable(byFilename.get(filename));
    }

    @Override
    public Optional<Prediction> prediction(String requestId) {
        return attributions.containsKey(requestId) ? Optional.of(labelled("muscle")) : Optional.empty();
    }

    @Override
    public Map<String, Attribution> attributions(String requestId) {
        return attributions.getOrDefault(requestId, Map.of());
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    @Override
    public AnswerTotals totals() {
        return new AnswerTotals(
                byFilename.size() + attributions.size(),
                0,
                attributions.values().stream().mapToInt(Map::size).sum(),
                deadLetters);
    }
}
