package io.karyoflow.benchmarks.model;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.trainer.export.ExportModel;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.training.TrainingSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The 8-layer ConvNet as a trainer would store it, but before it has learned: as quick as one that has. */
public final class UntrainedModel {
    private static final List<String> CLASSES =
            List.of("normal epithelial", "cancer epithelial", "muscle", "immune leukocyte");

    private UntrainedModel() {}

    public static ModelBundle bundle(int side, int width, Path folder) throws IOException {
        ConvNet network = new ConvNet(side, width, CLASSES.size());
        Path savedModel = folder.resolve("saved-model");
        try (TrainingSession session = new TrainingSession(
                network,
                Hyperparameters.DEFAULTS,
                1,
                new float[CLASSES.size()],
                Map.of(),
                0,
                new Compute(Runtime.getRuntime().availableProcessors()))) {
            ExportModel.to(savedModel, network, session.weights(), 1, false);
        }
        return ModelBundle.pack(
                savedModel,
                new ModelDescription(
                        Architecture.CONVNET,
                        Hyperparameters.DEFAULTS,
                        CLASSES,
                        side,
                        side,
                        null,
                        new EpochMetrics(0, 0, 0),
                        1,
                        "none",
                        0,
                        0,
                        0,
                        "none",
                        "none",
                        "benchmark",
                        null));
    }
}
