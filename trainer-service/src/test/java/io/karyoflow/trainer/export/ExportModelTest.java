package io.karyoflow.trainer.export;

import static io.karyoflow.trainer.export.TrainedConvNet.IMAGES;
import static io.karyoflow.trainer.export.TrainedConvNet.NETWORK;
import static io.karyoflow.trainer.export.TrainedConvNet.TEMPERATURE;
import static io.karyoflow.trainer.export.TrainedConvNet.TRAINED;
import static io.karyoflow.trainer.export.TrainedConvNet.call;
import static io.karyoflow.trainer.export.TrainedConvNet.images;
import static io.karyoflow.trainer.export.TrainedConvNet.input;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.model.Signatures;
import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.training.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.GraphOperation;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

/** A stored model answers as the session that trained it, and holds only what answering takes. */
class ExportModelTest {
    @TempDir
    Path folder;

    @Test
    void bundleServesWhatTheSessionComputed() throws IOException {
        // Given a bundle as it is stored, unpacked as it is served
        ExportModel.to(folder.resolve("exported"), NETWORK, TRAINED.weights(), TEMPERATURE, false);
        ModelBundle bundle = ModelBundle.pack(folder.resolve("exported"), description());
        Path unpacked = Files.createDirectory(folder.resolve("unpacked"));
        ModelBundle.read(bundle.bytes()).unpack(unpacked);

        try (SavedModelBundle model = SavedModelBundle.load(unpacked.toString())) {
            // When
            Map<String, float[]> served = call(model, Signatures.SERVING, Map.of(Signatures.IMAGE, images()));
            float[] input = call(model, Signatures.PREPROCESS, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.INPUT);
            float[] fromInput = call(model, Signatures.LOGITS, Map.of(Signatures.INPUT, input(input)))
                    .get(Signatures.LOGITS);

            // Then
            float[][] inMemory = TRAINED.logits();
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                for (int c = 0; c < 3; c++) {
                    assertThat(served.get(Signatures.LOGITS)[3 * i + c]).isEqualTo(inMemory[i][c], within(1e-4f));
                    assertThat(fromInput[3 * i + c]).isEqualTo(served.get(Signatures.LOGITS)[3 * i + c], within(1e-5f));
                    sum += Math.exp(inMemory[i][c] / TEMPERATURE);
                }
                for (int c = 0; c < 3; c++) {
                    assertThat((double) served.get(Signatures.PROBABILITIES)[3 * i + c])
                            .isEqualTo(Math.exp(inMemory[i][c] / TEMPERATURE) / sum, within(1e-4));
                }
            }
        }
    }

    @Test
    void aModelOfSlidesAsksForTheirColoursAndSeesByThem() throws IOException {
        Network network = Network.of(
                Architecture.CONVNET,
                Hyperparameters.of(Map.of("inputSize", 16, "width", 4, "stainNormalisation", "slide")),
                3);
        ColourStatistics pale = new ColourStatistics(new float[] {0.2f, 0.3f, 0.2f}, new float[] {0.1f, 0.2f, 0.1f});
        ColourStatistics[] slides = {pale, null, ColourStatistics.USUAL};
        Batch images = new Batch(IMAGES.height(), IMAGES.width(), IMAGES.rgb(), slides, IMAGES.labels());
        float[] colours = new float[3 * ColourStatistics.NUMBERS];
        pale.copyTo(colours, 0);
        int size = IMAGES.rgb().length / 3;
        ColourStatistics.of(new RgbImage(20, 24, Arrays.copyOfRange(IMAGES.rgb(), size, 2 * size)))
                .copyTo(colours, 6);
        ColourStatistics.USUAL.copyTo(colours, 12);
        ExportModel.to(folder.resolve("exported"), network, TRAINED.weights(), TEMPERATURE, false);

        try (SavedModelBundle model =
                        SavedModelBundle.load(folder.resolve("exported").toString());
                StoredNetwork stored = new StoredNetwork(network, TRAINED.weights(), false, 1, new Compute(1))) {
            float[] served = call(
                            model,
                            Signatures.SERVING,
                            Map.of(
                                    Signatures.IMAGE,
                                    images(),
                                    Signatures.COLOURS,
                                    TFloat32.tensorOf(Shape.of(3, 6), DataBuffers.of(colours))))
                    .get(Signatures.LOGITS);

            float[][] asTrained = stored.logits(images);
            float[][] otherwise = stored.logits(IMAGES);
            for (int i = 0; i < 3; i++) {
                assertThat(Arrays.copyOfRange(served, 3 * i, 3 * i + 3)).containsExactly(asTrained[i], within(1e-4f));
            }
            assertThat(otherwise[0]).as("by its own colours").isNotEqualTo(asTrained[0]);
            assertThat(otherwise[1]).isEqualTo(asTrained[1]);
        }
    }

    @Test
    void nothingThatLearnsIsExported() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, TRAINED.weights(), TEMPERATURE, false);
        try (SavedModelBundle model =
                SavedModelBundle.load(folder.resolve("exported").toString())) {
            List<String> types = new ArrayList<>();
            model.graph().operations().forEachRemaining((GraphOperation operation) -> types.add(operation.type()));

            assertThat(types)
                    .contains("Conv2D", "MatMul")
                    .doesNotContain("ApplyAdam", "VariableV2", "AssignSub", "RandomUniform", "FusedBatchNormV3");
        }
    }

    @Test
    void sameWeightsSameBytes() throws IOException {
        ExportModel.to(folder.resolve("first"), NETWORK, TRAINED.weights(), TEMPERATURE, false);
        ExportModel.to(folder.resolve("second"), NETWORK, TRAINED.weights(), TEMPERATURE, false);

        assertThat(ModelBundle.pack(folder.resolve("second"), description()).id())
                .isEqualTo(
                        ModelBundle.pack(folder.resolve("first"), description()).id());
    }

    private static ModelDescription description() {
        return new ModelDescription(
                Architecture.CONVNET,
                Hyperparameters.DEFAULTS,
                TinyNuclei.CLASSES,
                16,
                16,
                null,
                new EpochMetrics(0.1, 0.9, 0.9),
                TEMPERATURE,
                "d",
                0,
                1,
                1,
                "s",
                "t",
                "test",
                null);
    }
}
