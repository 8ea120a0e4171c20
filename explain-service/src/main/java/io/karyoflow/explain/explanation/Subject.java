package io.karyoflow.explain.explanation;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.PredictionRequest;
import java.util.Set;

/**
 * A request whose image could be decoded.
 *
 * @param answer where its attributions are collected
 */
record Subject(PredictionRequest request, RgbImage image, Set<ExplanationMethod> methods, Answer.Explained answer) {

    boolean asksFor(ExplanationMethod method) {
        return methods.contains(method);
    }

    /**
     * What the model says of it.
     *
     * @param input [h * w * 3], what the network sees
     * @param target the most probable class
     * @param score the target's logit
     * @param probability the target's, 0 to 1
     */
    record Classified(Subject subject, float[] input, int target, double score, double probability) {}
}
