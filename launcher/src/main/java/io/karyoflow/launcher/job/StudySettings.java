package io.karyoflow.launcher.job;

import java.util.List;
import java.util.Map;

/**
 * The study of the main job: random search over the ConvNet's hyperparameters.
 *
 * @param inputSize side of the square that the network sees, in pixels
 * @param trials how many
 * @param concurrency how many at once
 * @param epochs the budget of each
 * @param earlyStopping whether ASHA stops weak trials early
 * @param seed of the search
 */
public record StudySettings(int inputSize, int trials, int concurrency, int epochs, boolean earlyStopping, long seed) {

    /** As {@code POST /studies} wants it. */
    public Map<String, Object> specification(String datasetId) {
        return Map.ofEntries(
                Map.entry("name", "quickstart"),
                Map.entry("dataset", datasetId),
                Map.entry("architecture", "convnet"),
                Map.entry("space", space()),
                Map.entry("search", Map.of("type", "random")),
                Map.entry("scheduler", scheduler()),
                Map.entry("trials", trials),
                Map.entry("concurrency", concurrency),
                Map.entry("metric", "macroF1"),
                Map.entry("epochs", epochs),
                Map.entry("validationFold", 0),
                Map.entry("seed", seed));
    }

    private Map<String, Object> scheduler() {
        if (!earlyStopping || epochs == 1) {
            return Map.of("type", "none");
        }
        return Map.of("type", "asha", "gracePeriod", Math.max(1, epochs / 3), "reductionFactor", 3);
    }

    private Map<String, Object> space() {
        return Map.of(
                "learningRate", Map.of("type", "loguniform", "min", 8e-4, "max", 4e-3),
                "dropout", Map.of("type", "uniform", "min", 0.0, "max", 0.25),
                "width", Map.of("type", "integer", "min", 12, "max", 20, "step", 4),
                "batchSize", Map.of("type", "choice", "values", List.of(16, 32)),
                "inputSize", Map.of("type", "choice", "values", List.of(inputSize)));
    }
}
