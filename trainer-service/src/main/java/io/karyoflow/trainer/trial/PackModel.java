package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ImageSizes;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.trainer.export.ExportModel;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.WeightValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a trained network into the bundle that is stored, with everything its numbers depend on. */
final class PackModel {
    private PackModel() {}

    static ModelBundle pack(
            TrialRequested request,
            ImageSizes sizes,
            Network network,
            Map<String, WeightValues> weights,
            EpochResult last,
            String codeVersion)
            throws IOException {
        double temperature = last.report().calibration().temperature();
        Path folder = Files.createTempDirectory("karyoflow-export");
        try {
            Path savedModel = folder.resolve("saved-model");
            ExportModel.to(
                    savedModel,
                    network,
                    weights,
                    temperature,
                    request.hyperparameters().averageOrientations());
            return ModelBundle.pack(savedModel, describe(request, sizes, network, last, temperature, codeVersion));
        } finally {
            delete(folder);
        }
    }

    private static ModelDescription describe(
            TrialRequested request,
            ImageSizes sizes,
            Network network,
            EpochResult last,
            double temperature,
            String codeVersion) {
        return new ModelDescription(
                request.architecture(),
                request.hyperparameters(),
                request.dataset().classes(),
                network.inputSize(),
                network.inputSize(),
                sizes,
                last.validation(),
                temperature,
                request.dataset().datasetId(),
                request.validationFold(),
                last.epoch(),
                request.seed(),
                request.studyId(),
                request.trialId(),
                codeVersion,
                null);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> contentFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            contentFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contentFirst) {
            Files.delete(path);
        }
    }
}
