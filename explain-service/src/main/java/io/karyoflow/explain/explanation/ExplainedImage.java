package io.karyoflow.explain.explanation;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.explain.attribution.Target;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a model sees in an image, and why.
 *
 * @param modelId the model
 * @param classes its class names
 * @param probabilities [C], calibrated, summing to 1
 * @param logits [C]
 * @param predicted the most probable class, or -1 if the model failed
 * @param warning what makes the probabilities doubtful, as a sentence; null if nothing is known that does
 * @param target whose score is explained, or null if the model failed and nobody named one
 * @param explanations one for each method asked for, in that order, except those in {@code failures}
 * @param failures why a method has no answer, by its name
 */
public record ExplainedImage(
        String modelId,
        List<String> classes,
        float[] probabilities,
        float[] logits,
        int predicted,
        String warning,
        Target target,
        List<Explanation> explanations,
        Map<String, String> failures) {
    private static final int NONE = -1;

    /** False if the model failed on the image: then there is nothing here but failures. */
    public boolean isClassified() {
        return predicted != NONE;
    }

    /** Nothing is known of an image that the model could not even classify. */
    static ExplainedImage failed(ServedModel model, Question question, String reason) {
        return new ExplainedImage(
                model.id(),
                model.description().classes(),
                new float[0],
                new float[0],
                NONE,
                null,
                question.target().orElse(null),
                List.of(),
                question.methods().stream()
                        .collect(Collectors.toMap(MethodRequest::method, method -> reason, (first, same) -> first)));
    }
}
