package io.karyoflow.launcher.job;

import java.util.List;
import java.util.Map;

/**
 * The study of the main job: random search over the ConvNet's hyperparameters.
 *
 * @param trials how many
 * @param concurrency how many at once
 * @param epochs the budget of each
 * @param earlyStopping whether ASHA stops weak trials early
 * @param seed of the search
 */
public record StudySettings(int trials, int concurrency, int epochs, boolean earlyStopping, long seed) {

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
        return earlyStopping ? Map.of("type", "asha", "gracePeriod", 1, "reductionFactor", 3) : Map.of("type", "none");
    }

    private static Map<String, Object> space() {
        return Map.of(
                "learningRate", Map.of("type", "loguniform", "min", 5e-4, "max", 5e-3),
                "dropout", Map.of("type", "uniform", "min", 0.1, "max", 0.5),
                "width", Map.of("type", "integer", "min", 12, "max", 24, "step", 4),
                "batchSize", Map.of("type", "choice", "values", List.of(16, 32, 64)));
    }
}
