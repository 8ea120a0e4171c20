package io.karyoflow.launcher.study;

import java.util.List;
import java.util.Map;

/**
 * Random search over the hyperparameters of the ConvNet, from a random start.
 *
 * @param inputSize side of the square that the network sees, in pixels
 * @param earlyStopping whether ASHA stops weak trials early
 */
public record ConvNetStudy(int inputSize, boolean earlyStopping, StudyBudget budget) implements StudySettings {
    @Override
    public String title() {
        return "the 8-layer ConvNet";
    }

    @Override
    public Map<String, Object> specification(String datasetId, boolean bySlides) {
        return Map.ofEntries(
                Map.entry("name", "quickstart"),
                Map.entry("dataset", datasetId),
                Map.entry("architecture", "convnet"),
                Map.entry("space", space(bySlides)),
                Map.entry("search", Map.of("type", "random")),
                Map.entry("scheduler", scheduler()),
                Map.entry("trials", budget.trials()),
                Map.entry("concurrency", budget.concurrency()),
                Map.entry("metric", "macroF1"),
                Map.entry("epochs", budget.epochs()),
                Map.entry("validationFold", 0),
                Map.entry("seed", budget.seed()));
    }

    private Map<String, Object> scheduler() {
        if (!earlyStopping || budget.epochs() == 1) {
            return Map.of("type", "none");
        }
        return Map.of("type", "asha", "gracePeriod", Math.max(1, budget.epochs() / 3), "reductionFactor", 3);
    }

    /** What is always so was worth it on tissue that the network had not seen: see benchmarks/accuracy. */
    private Map<String, Object> space(boolean bySlides) {
        return Map.of(
                "learningRate",
                Map.of("type", "loguniform", "min", 8e-4, "max", 4e-3),
                "dropout",
                Map.of("type", "uniform", "min", 0.0, "max", 0.25),
                "width",
                Map.of("type", "integer", "min", 12, "max", 20, "step", 4),
                "batchSize",
                Map.of("type", "choice", "values", List.of(16, 32)),
                "inputSize",
                inputSize,
                "stainNormalisation",
                bySlides ? "slide" : "haematoxylin",
                "stainJitter",
                0.2,
                "classBalance",
                "squareroot",
                "labelSmoothing",
                0.05);
    }
}
