package io.karyoflow.common.message;

import java.time.Instant;
import java.util.List;

/**
 * The label of one requested image.
 *
 * @param requestId as asked
 * @param imageId SHA-256 of the encoded image, 64 hexadecimal digits
 * @param filename as in the request, or null
 * @param slide as in the request, or null
 * @param x as in the request, in pixels, or null
 * @param y as in the request, in pixels, or null
 * @param colours by which the model saw the image, six numbers as {@link io.karyoflow.common.image.ColourStatistics#numbers}
 *     gives them: asked for once more with them it has the same label; null if the model does not see slides
 * @param label index of the most probable class, from 0
 * @param className its name
 * @param probabilities of each class, calibrated, summing to 1; in the order of the model's classes
 * @param modelId the model that made it
 * @param requestedAt when the request was written to its topic
 * @param predictedAt when the label was known
 * @param batchMillis how long the model computed on the batch that held this image, in milliseconds
 * @param warning what makes the label doubtful, as a sentence: the image is much larger or smaller than those that the model
 *     learned from; null if nothing is known that does
 */
public record Prediction(
        String requestId,
        String imageId,
        String filename,
        String slide,
        Long x,
        Long y,
        List<Float> colours,
        int label,
        String className,
        List<ClassProbability> probabilities,
        String modelId,
        Instant requestedAt,
        Instant predictedAt,
        double batchMillis,
        String warning) {

    /** Probability (0 to 1) of one class. */
    public record ClassProbability(String className, double probability) {}
}
