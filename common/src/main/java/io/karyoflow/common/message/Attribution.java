package io.karyoflow.common.message;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which pixels made the model give this score, by one method. One message for each request and method.
 *
 * @param requestId as asked
 * @param imageId SHA-256 of the encoded image, 64 hexadecimal digits
 * @param filename as in the request, or null
 * @param slide as in the request, or null
 * @param x as in the request, in pixels, or null
 * @param y as in the request, in pixels, or null
 * @param method for example {@code saliency}
 * @param parameters the method's settings by name
 * @param targetClass index of the class explained, which is that of the label, from 0
 * @param targetClassName its name
 * @param score the target's logit for this image, by the signature {@code serving_default}
 * @param probability the target's probability by the same, 0 to 1; the label's own may be of flips and turns as well
 * @param shape of the map: height and width in pixels of the network's input
 * @param map base64 of float32 little-endian values, row by row; {@code docs/metrics.md} says in which unit by which method
 * @param overlayPng base64 of a PNG: the map over the image, in the image's own size
 * @param faithfulness how far the map can be trusted, as far as it was measured
 * @param modelId the model that made it, which is the one that made the label
 * @param explainedAt when it was ready
 * @param computeMillis how long the method took, in milliseconds
 */
public record Attribution(
        String requestId,
        String imageId,
        String filename,
        String slide,
        Long x,
        Long y,
        String method,
        Map<String, Object> parameters,
        int targetClass,
        String targetClassName,
        double score,
        double probability,
        List<Integer> shape,
        String map,
        String overlayPng,
        Faithfulness faithfulness,
        String modelId,
        Instant explainedAt,
        double computeMillis) {

    /**
     * Measures of how well a map tells what the model does; each is null if it was not asked for or is not defined.
     *
     * @param convergenceDelta sum of the map minus the score's rise from the baseline to the image, in logits; near 0 is
     *     good; for integrated gradients (Sundararajan et al., 2017)
     * @param deletionAuc area under the target's probability, 0 to 1, while pixels vanish in the order of the map; low is
     *     good (Petsiuk et al., 2018)
     * @param insertionAuc the same while pixels appear; high is good
     * @param infidelity expected squared error of the map as a linear model of the score's change, in squared logits; low
     *     is good (Yeh et al., 2019)
     * @param maxSensitivity the largest relative change of the map within a small distance of the image; low is good (Yeh
     *     et al., 2019)
     */
    public record Faithfulness(
            Double convergenceDelta,
            Double deletionAuc,
            Double insertionAuc,
            Double infidelity,
            Double maxSensitivity) {}
}
