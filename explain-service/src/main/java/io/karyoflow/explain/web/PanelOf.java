package io.karyoflow.explain.web;

import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.explain.attribution.MethodDescription;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.rendering.Panel;
import io.karyoflow.explain.rendering.Panel.ClassProbability;
import io.karyoflow.explain.rendering.Panel.Score;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An answer as a figure. */
final class PanelOf {
    private static final int MOST_VALUES = 4;

    private PanelOf() {}

    static Panel answer(Explained explained, List<DrawnExplanation> drawn, List<MethodDescription> methods) {
        ExplainedImage answer = explained.answer();
        String target = TargetName.of(answer.target(), answer.classes());
        boolean isPredicted = target.equals(answer.classes().get(answer.predicted()));
        return new Panel(
                explained.image(),
                explained.parameters().filename().orElse(null),
                isPredicted ? target + " (predicted)" : target,
                answer.modelId(),
                IntStream.range(0, answer.classes().size())
                        .mapToObj(i -> new ClassProbability(answer.classes().get(i), answer.probabilities()[i]))
                        .toList(),
                explained.parameters().picture(),
                drawn.stream().map(one -> explanation(one, methods)).toList());
    }

    private static Panel.Explanation explanation(DrawnExplanation drawn, List<MethodDescription> methods) {
        Explanation explanation = drawn.explanation();
        return new Panel.Explanation(
                title(explanation.method(), methods),
                explanation.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + ": " + text(parameter.getValue()))
                        .toList(),
                drawn.map(),
                drawn.scale(),
                scores(explanation.faithfulness()));
    }

    static String title(String method, List<MethodDescription> methods) {
        return methods.stream()
                .filter(description -> description.name().equals(method))
                .map(MethodDescription::title)
                .findFirst()
                .orElse(method);
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.size() > MOST_VALUES
                    ? list.size() + " values"
                    : list.stream().map(String::valueOf).collect(Collectors.joining(" \u00d7 "));
        }
        return String.valueOf(value);
    }

    private static List<Score> scores(Faithfulness faithfulness) {
        List<Score> scores = new ArrayList<>();
        add(scores, "Convergence delta", faithfulness.convergenceDelta());
        add(scores, "Deletion AUC \u2193", faithfulness.deletionAuc());
        add(scores, "Insertion AUC \u2191", faithfulness.insertionAuc());
        add(scores, "Infidelity \u2193", faithfulness.infidelity());
        add(scores, "Max-sensitivity \u2193", faithfulness.maxSensitivity());
        return scores;
    }

    private static void add(List<Score> scores, String name, Double value) {
        if (value != null) {
            scores.add(new Score(name, value));
        }
    }
}
