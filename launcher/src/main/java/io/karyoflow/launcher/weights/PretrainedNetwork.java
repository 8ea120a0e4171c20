package io.karyoflow.launcher.weights;

import io.karyoflow.launcher.progress.JobFailure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The networks that can start from pretrained weights, and the tensors that tell a file of them from others. */
public enum PretrainedNetwork {
    MOBILENETV2(
            "the ONNX model zoo's mobilenetv2-7",
            "mobilenetv20_features_conv0_weight",
            "mobilenetv20_features_conv1_weight",
            "mobilenetv20_features_linearbottleneck17_conv0_weight"),
    /** ResNet-18 and 34 have no third convolution in a block, ResNet-101 and 152 have more blocks in the third stage. */
    RESNET50("torchvision's resnet50", "layer1.0.conv3.weight", "layer2.3.conv3.weight", "layer3.6.conv3.weight"),
    RESNET50V2(
            "the ONNX model zoo's resnet50-v2-7",
            "resnetv24_conv0_weight",
            "resnetv24_stage2_conv12_weight",
            "resnetv24_stage3_conv19_weight");

    private static final int SHOWN = 3;

    private final String source;
    private final String first;
    private final String last;
    private final String deeper;

    /**
     * @param source who names the tensors so
     * @param first a tensor near the input that these weights have and those of other networks have not
     * @param last of the last convolution that is used; of the ResNets two stages are
     * @param deeper the next convolution of a network that goes on like this one, but longer
     */
    PretrainedNetwork(String source, String first, String last, String deeper) {
        this.source = source;
        this.first = first;
        this.last = last;
        this.deeper = deeper;
    }

    /** As studies name it. */
    public String architecture() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people type it. */
    @Override
    public String toString() {
        return architecture();
    }

    /**
     * The network whose weights the file holds, all or some of them, by the names of its tensors.
     *
     * @throws JobFailure if it holds those of none
     */
    public static PretrainedNetwork of(WeightsFile file) {
        return Arrays.stream(values())
                .filter(candidate -> candidate.isBegunIn(file.tensors()))
                .findFirst()
                .orElseThrow(() -> new JobFailure("--weights: no network here has tensors that are named as those in "
                        + file.path() + " (" + some(file.tensors()) + "). Needed are "
                        + Arrays.stream(values())
                                .map(candidate -> "for " + candidate + " names as in " + candidate.source + " ("
                                        + candidate.first + ")")
                                .collect(Collectors.joining(", "))
                        + ". docs/weights.md says how to make such a file"));
    }

    /** @throws JobFailure if the file does not hold the weights of this network */
    public void requireIn(WeightsFile file) {
        for (String tensor : new String[] {first, last}) {
            if (!file.tensors().contains(tensor)) {
                throw new JobFailure("--weights: " + file.path() + " (" + some(file.tensors()) + ") does not hold all"
                        + " weights of " + this + ": it lacks " + tensor + ". Needed are those of " + source);
            }
        }
        if (file.tensors().contains(deeper)) {
            throw new JobFailure("--weights: " + file.path() + " holds the weights of a deeper network than " + this
                    + ": it has " + deeper + ". Needed are those of " + source);
        }
    }

    private boolean isBegunIn(Set<String> tensors) {
        return tensors.contains(first) && !tensors.contains(deeper);
    }

    private static String some(Set<String> tensors) {
        return tensors.isEmpty()
                ? "it has none"
                : tensors.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (tensors.size() > SHOWN ? ", ... " + tensors.size() + " in all" : "");
    }
}
