package io.karyoflow.ingest.label;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Prediction.ClassProbability;
import java.time.Instant;
import java.util.List;

/** Predictions to begin with. */
public final class TestLabels {
    public static final Instant REQUESTED = Instant.parse("2026-01-02T03:04:05Z");
    public static final Instant PREDICTED = Instant.parse("2026-01-02T03:04:06.5Z");

    private TestLabels() {}

    /** Of a model that knows the classes muscle and cancer; the label has a probability of 3/4. */
    public static Prediction prediction(
            String requestId, String slide, Long x, Long y, int label, Instant predictedAt) {
        return prediction(requestId, slide, x, y, null, label, predictedAt);
    }

    public static Prediction prediction(
            String requestId, String slide, Long x, Long y, List<Float> colours, int label, Instant predictedAt) {
        return prediction(requestId, slide, x, y, colours, label, predictedAt, null);
    }

    /** One that says why it is doubtful. */
    public static Prediction doubtful(String requestId, String slide, Instant predictedAt, String warning) {
        return prediction(requestId, slide, 1L, 2L, null, 0, predictedAt, warning);
    }

    /** Of a model of another name, and as sure of its label as is given. */
    public static Prediction ofModel(
            String modelId, String requestId, String slide, int label, double probability, Instant predictedAt) {
        return prediction(requestId, slide, 1L, 2L, null, label, probability, modelId, predictedAt, null);
    }

    /** The same label of another image. */
    public static Prediction ofImage(String imageId, Prediction prediction) {
        return changed(prediction, imageId, prediction.probabilities());
    }

    /** The same label, of a model that knows the classes muscle and fat. */
    public static Prediction ofMuscleOrFat(Prediction prediction) {
        List<ClassProbability> probabilities = List.of(
                prediction.probabilities().get(0),
                new ClassProbability("fat", prediction.probabilities().get(1).probability()));
        return changed(prediction, prediction.imageId(), probabilities);
    }

    private static Prediction changed(Prediction prediction, String imageId, List<ClassProbability> probabilities) {
        return new Prediction(
                prediction.requestId(),
                imageId,
                prediction.filename(),
                prediction.slide(),
                prediction.x(),
                prediction.y(),
                prediction.colours(),
                prediction.label(),
                probabilities.get(prediction.label()).className(),
                probabilities,
                prediction.modelId(),
                prediction.requestedAt(),
                prediction.predictedAt(),
                prediction.batchMillis(),
                prediction.warning());
    }

    private static Prediction prediction(
            String requestId,
            String slide,
            Long x,
            Long y,
            List<Float> colours,
            int label,
            Instant predictedAt,
            String warning) {
        return prediction(requestId, slide, x, y, colours, label, 0.75, "model", predictedAt, warning);
    }

    private static Prediction prediction(
            String requestId,
            String slide,
            Long x,
            Long y,
            List<Float> colours,
            int label,
            double probability,
            String modelId,
            Instant predictedAt,
            String warning) {
        List<ClassProbability> probabilities = List.of(
                new ClassProbability("muscle", label == 0 ? probability : 1 - probability),
                new ClassProbability("cancer", label == 1 ? probability : 1 - probability));
        return new Prediction(
                requestId,
                "hash of " + requestId,
                requestId + ".png",
                slide,
                x,
                y,
                colours,
                label,
                probabilities.get(label).className(),
                probabilities,
                modelId,
                REQUESTED,
                predictedAt,
                1.5,
                warning);
    }

    public static StoredLabel label(String requestId, String slide, Long x, Long y, int label) {
        return StoredLabel.of(prediction(requestId, slide, x, y, label, PREDICTED));
    }
}
