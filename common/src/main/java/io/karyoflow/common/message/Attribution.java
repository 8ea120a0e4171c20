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
 * @param method for example {@code saliency}
 * @param parameters the method's settings by name
 * @param targetClass index of the class explained, from 0
 * @param targetClassName its name
 * @param score the target's logit for this image
 * @param probability the target's probability, 0 to 1
 * @param shape of the map: height and width in pixels of the network's input
 * @param map base64 of float32 little-endian values, row by row; in units of logit per unit of network input for
 *     gradient methods, of logit for occlusion
 * @param overlayPng base64 of a PNG: the map over the image, in the image's own size
 * @param modelId the model that made it
 * @param explainedAt when it was ready
 * @param computeMillis how long the method took, in milliseconds
 */
public record Attribution(
        String requestId,
        String imageId,
        String filename,
        String method,
        Map<String, Object> parameters,
        int targetClass,
        String targetClassName,
        double score,
        double probability,
        List<Integer> shape,
        String map,
        String overlayPng,
        String modelId,
        Instant explainedAt,
        double computeMillis) {}
