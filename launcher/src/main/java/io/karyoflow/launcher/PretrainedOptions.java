package io.karyoflow.launcher;

import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.study.PretrainedStudy;
import io.karyoflow.launcher.weights.PretrainedNetwork;
import io.karyoflow.launcher.weights.WeightsFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What can be said of a pretrained network; without its weights nothing of it means anything. */
final class PretrainedOptions {
    @Option(
            names = "--weights",
            paramLabel = "FILE",
            required = true,
            description = "safetensors file with weights of a pretrained network, which is trained as well")
    private Path weights;

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description = "whose weights they are: ${COMPLETION-CANDIDATES};"
                    + " without it, found out from the names of the tensors")
    private PretrainedNetwork network;

    @Option(
            names = "--pretrained-trials",
            paramLabel = "N",
            defaultValue = "2",
            description = "trials of the pretrained network's study (${DEFAULT-VALUE})")
    private int trials;

    @Option(
            names = "--pretrained-epochs",
            paramLabel = "N",
            defaultValue = "6",
            description = "epochs of each of them (${DEFAULT-VALUE})")
    private int epochs;

    int trials() {
        return trials;
    }

    int epochs() {
        return epochs;
    }

    /** @throws JobFailure if the file does not hold the network's weights */
    PretrainedStudy study() {
        WeightsFile file = WeightsFile.read(weights.toAbsolutePath().normalize());
        if (network == null) {
            network = PretrainedNetwork.of(file);
        }
        network.requireIn(file);
        return new PretrainedStudy(network, file.path(), Quickstart.budget(trials, epochs));
    }
}
