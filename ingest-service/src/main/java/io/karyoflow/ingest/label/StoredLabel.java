package io.karyoflow.ingest.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.common.message.UnreadableMessageException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What is kept of a {@link Prediction}: all but how it was computed.
 *
 * @param filename null if the request did not say
 * @param slide null if the request did not say
 * @param x left edge on the slide in pixels, null if the request did not say
 * @param y upper edge on the slide in pixels, null if the request did not say
 * @param colours by which the model saw the image, null if it does not see slides: to label it again, or to explain the label,
 *     as it was made
 * @param label index of the most probable class, from 0
 * @param probabilities of each class, in the order of the model's classes
 * @param warning what makes the label doubtful, as a sentence; null if nothing is known that does
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredLabel(
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
        String warning) {
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** @throws UnreadableMessageException if something is missing or impossible that every label has */
    public static StoredLabel of(Prediction prediction) {
        boolean whole = Stream.<Object>of(
                        prediction.requestId(),
                        prediction.imageId(),
                        prediction.className(),
                        prediction.probabilities(),
                        prediction.modelId(),
                        prediction.requestedAt(),
                        prediction.predictedAt())
                .allMatch(Objects::nonNull);
        if (!whole
                || !areUsable(prediction.probabilities(), prediction.label())
                || !areUsable(prediction.colours())
                || !isUsable(prediction.requestedAt())
                || !isUsable(prediction.predictedAt())) {
            throw new UnreadableMessageException(
                    "not a Prediction: requestId, imageId, className, modelId, requestedAt and predictedAt must be there,"
                            + " and probabilities with a className each and one for the label; colours, if any, are "
                            + ColourStatistics.NUMBERS + " numbers");
        }
        return new StoredLabel(
                prediction.requestId(),
                prediction.imageId(),
                prediction.filename(),
                prediction.slide(),
                prediction.x(),
                prediction.y(),
                prediction.colours(),
                prediction.label(),
                prediction.className(),
                prediction.probabilities(),
                prediction.modelId(),
                prediction.requestedAt(),
                prediction.predictedAt(),
                prediction.warning());
    }

    private static boolean areUsable(List<ClassProbability> probabilities, int label) {
        return label >= 0
                && label < probabilities.size()
                && probabilities.stream()
                        .allMatch(each ->
                                each != null && each.className() != null && Double.isFinite(each.probability()));
    }

    private static boolean areUsable(List<Float> colours) {
        return colours == null
                || colours.size() == ColourStatistics.NUMBERS
                        && colours.stream().allMatch(each -> each != null && Float.isFinite(each));
    }

    private static boolean isUsable(Instant time) {
        return !time.isBefore(EARLIEST) && !time.isAfter(LATEST);
    }

    /** The probability of the label. */
    public double probability() {
        return probabilities.get(label).probability();
    }

    public boolean hasPosition() {
        return x != null && y != null;
    }
}
