package io.karyoflow.launcher.study;

import io.karyoflow.launcher.weights.PretrainedNetwork;
import java.nio.file.Path;
import java.util.Map;

/**
 * Fine-tunes a pretrained network on the same images as the ConvNet: all layers, those near the input more slowly, at a
 * learning rate that is searched for. Its best model is promoted only if it does better than the one in service.
 *
 * @param weights absolute path of the safetensors file that every trial starts from
 */
public record PretrainedStudy(PretrainedNetwork network, Path weights, StudyBudget budget) implements StudySettings {
    /** Of the ResNets' four: the last two know more of photographs than of tissue. */
    private static final int STAGES = 2;

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

    /**
     * In pixels. MobileNetV2 halves the resolution five times and needs something to halve; two stages of a ResNet do so three
     * times, and what they find in small inputs carries over best to tissue that they have not seen.
     */
    private int inputSize() {
        return switch (network) {
            case MOBILENETV2 -> 96;
            case RESNET50, RESNET50V2 -> 32;
        };
    }

    private Map<String, Object> space(boolean bySlides) {
        return Map.ofEntries(
                Map.entry("learningRate", Map.of("type", "loguniform", "min", 3e-4, "max", 1e-3)),
                Map.entry("weights", weights.toString()),
                Map.entry("stages", STAGES),
                Map.entry("inputSize", inputSize()),
                Map.entry("stainNormalisation", bySlides ? "slide" : "none"),
                Map.entry("trainable", "all"),
                Map.entry("layerDecay", 0.8),
                Map.entry("frozenStatistics", false),
                Map.entry("weightAveraging", 0.98),
                Map.entry("stainJitter", 0.25),
                Map.entry("classBalance", "squareroot"),
                Map.entry("labelSmoothing", 0.05));
    }
}
