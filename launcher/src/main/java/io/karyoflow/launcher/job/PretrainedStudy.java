package io.karyoflow.launcher.job;

import io.karyoflow.launcher.weights.PretrainedNetwork;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fine-tunes a pretrained network on the same images as the ConvNet: all layers at one learning rate, which is searched for.
 * Its best model is promoted only if it does better than the one in service.
 *
 * @param weights absolute path of the safetensors file that every trial starts from
 */
public record PretrainedStudy(PretrainedNetwork network, Path weights, StudyBudget budget) implements StudySettings {
    /** The networks halve the resolution four or five times: smaller inputs leave too little to see. */
    private static final int INPUT_SIZE = 96;

    /** Of the ResNets, without the last: see benchmarks/accuracy. */
    private static final int STAGES = 3;

    @Override
    public String title() {
        return network + " with pretrained weights";
    }

    @Override
    public Map<String, Object> specification(String datasetId, boolean bySlides) {
        return Map.ofEntries(
                Map.entry("name", "quickstart, pretrained " + network),
                Map.entry("dataset", datasetId),
                Map.entry("architecture", network.architecture()),
                Map.entry("space", space(bySlides)),
                Map.entry("search", Map.of("type", "random")),
                Map.entry("trials", budget.trials()),
                Map.entry("concurrency", budget.concurrency()),
                Map.entry("metric", "macroF1"),
                Map.entry("epochs", budget.epochs()),
                Map.entry("validationFold", 0),
                Map.entry("seed", budget.seed()),
                Map.entry("promotion", "ifBetter"));
    }

    private Map<String, Object> space(boolean bySlides) {
        return Map.ofEntries(
                Map.entry("learningRate", Map.of("type", "loguniform", "min", 3e-4, "max", 1e-3)),
                Map.entry("weights", StudySettings.always(weights.toString())),
                Map.entry("stages", StudySettings.always(STAGES)),
                Map.entry("inputSize", StudySettings.always(INPUT_SIZE)),
                Map.entry("stainNormalisation", StudySettings.always(bySlides ? "slide" : "none")),
                Map.entry("trainable", StudySettings.always("all")),
                Map.entry("layerDecay", StudySettings.always(1)),
                Map.entry("frozenStatistics", StudySettings.always(false)),
                Map.entry("stainJitter", StudySettings.always(0.2)),
                Map.entry("classBalance", StudySettings.always("squareroot")),
                Map.entry("labelSmoothing", StudySettings.always(0.05)));
    }
}
