package io.karyoflow.explain.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.karyoflow.common.image.Png;
import io.karyoflow.common.message.Attribution.Faithfulness;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.explain.attribution.MethodDescription;
import io.karyoflow.explain.explanation.EncodeMap;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.web.ExplainUpload.Explained;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An explained image as JSON.
 *
 * @param imageId SHA-256 of the encoded image, 64 hexadecimal digits
 * @param filename as in the request, or null
 * @param modelId the model that made everything here
 * @param predicted the most probable class
 * @param target whose score the maps explain
 * @param probabilities of each class, calibrated, summing to 1
 * @param warning what makes them doubtful, as a sentence: the image is much larger or smaller than those that the model
 *     learned from; absent if nothing is known that does
 * @param explanations one for each method, in the order asked for, except those in {@code failures}
 * @param failures why a method has no map
 * @param panelPng base64 of the figure, if it was asked for
 */
record ExplanationAnswer(
        String imageId,
        String filename,
        String modelId,
        Predicted predicted,
        ExplainedTarget target,
        List<ClassProbability> probabilities,
        @JsonInclude(JsonInclude.Include.NON_NULL) String warning,
        List<MethodAnswer> explanations,
        List<Failure> failures,
        @JsonInclude(JsonInclude.Include.NON_NULL) String panelPng) {

    /** @param index of the class, from 0 */
    record Predicted(int index, String className, double probability) {}

    /**
     * @param name a class, or one rather than another
     * @param score its logit, or the difference of the two
     */
    record ExplainedTarget(String name, double score) {}

    record Failure(String method, String reason) {}

    /**
     * @param parameters what the method was set to, by Captum's names
     * @param shape of the map: height, width, and channels if they were asked for
     * @param map base64 of float32 little-endian values, row by row
     * @param sign which of its values the picture shows
     * @param scale the magnitude that has the full colour there; as the parameter {@code scale} of another request it gives
     *     that one's pictures the same colours
     * @param overlayPng base64 of the picture, in the image's own size
     * @param faithfulness as far as it was asked for and is defined
     * @param computeMillis how long the method took, in milliseconds
     */
    record MethodAnswer(
            String method,
            String title,
            Map<String, Object> parameters,
            List<Integer> shape,
            String map,
            String sign,
            double scale,
            String overlayPng,
            Faithfulness faithfulness,
            double computeMillis) {}

    /** @param panelPng null if it was not asked for */
    static ExplanationAnswer of(
            Explained explained, List<DrawnExplanation> drawn, List<MethodDescription> methods, byte[] panelPng) {
        ExplainedImage answer = explained.answer();
        List<ClassProbability> probabilities = IntStream.range(
                        0, answer.classes().size())
                .mapToObj(i -> new ClassProbability(answer.classes().get(i), answer.probabilities()[i]))
                .toList();
        ClassProbability predicted = probabilities.get(answer.predicted());
        return new ExplanationAnswer(
                Sha256.of(explained.encoded()),
                explained.parameters().filename().orElse(null),
                answer.modelId(),
                new Predicted(answer.predicted(), predicted.className(), predicted.probability()),
                new ExplainedTarget(
                        TargetName.of(answer.target(), answer.classes()),
                        answer.target().score(answer.logits())),
                probabilities,
                answer.warning(),
                drawn.stream().map(one -> method(explained, one, methods)).toList(),
                answer.failures().entrySet().stream()
                        .map(failure -> new Failure(failure.getKey(), failure.getValue()))
                        .toList(),
                panelPng == null ? null : base64(panelPng));
    }

    /** About how much memory it takes: that of its long texts, in which each character has a byte. */
    long bytes() {
        return explanations.stream()
                        .mapToLong(
                                each -> each.map().length() + each.overlayPng().length())
                        .sum()
                + (panelPng == null ? 0 : panelPng.length());
    }

    private static MethodAnswer method(Explained explained, DrawnExplanation drawn, List<MethodDescription> methods) {
        Explanation explanation = drawn.explanation();
        Npy.Array map = drawn.array(explained.parameters().allChannels());
        return new MethodAnswer(
                explanation.method(),
                PanelOf.title(explanation.method(), methods),
                explanation.parameters(),
                map.shape(),
                EncodeMap.base64(map.values()),
                drawn.scale().sign().id(),
                drawn.scale().limit(),
                base64(Png.encode(
                        explained.parameters().picture().draw(explained.image(), drawn.map(), drawn.scale()))),
                explanation.faithfulness(),
                explanation.computeMillis());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
