package io.karyoflow.trainer.export;

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
import io.karyoflow.trainer.data.TinyBatch;
import io.karyoflow.trainer.network.ConvNet;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.training.TrainingSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.GraphOperation;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class ExportModelTest {
    private static final ConvNet NETWORK = new ConvNet(16, 4, 3);
    private static final float TEMPERATURE = 2f;
    /** not square, and not of the input's size */
    private static final Batch IMAGES = TinyBatch.of(3, 20, 24, 5);

    private static Map<String, WeightValues> weights;
    private static float[][] inMemory;

    @TempDir
    Path folder;

    @BeforeAll
    static void train() {
        try (TrainingSession session = new TrainingSession(
                NETWORK, Hyperparameters.DEFAULTS, 2, new float[] {1, 1, 1}, Map.of(), 1, new Compute(1))) {
            Batch batch = TinyBatch.of(24, 20, 20, 1);
            for (int i = 0; i < 15; i++) {
                session.step(batch, 2e-3);
            }
            weights = session.weights();
            inMemory = session.logits(IMAGES);
        }
    }

    @Test
    void bundleServesWhatTheSessionComputed() throws IOException {
        // Given a bundle as it is stored, unpacked as it is served
        ExportModel.to(folder.resolve("exported"), NETWORK, weights, TEMPERATURE, false);
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
        ExportModel.to(folder.resolve("exported"), network, weights, TEMPERATURE, false);

        try (SavedModelBundle model =
                        SavedModelBundle.load(folder.resolve("exported").toString());
                StoredNetwork stored = new StoredNetwork(network, weights, false, 1, new Compute(1))) {
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
    void averagedLogitsAreTheMeanOverFlipsAndTurns() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, weights, TEMPERATURE, true);
        try (SavedModelBundle model =
                        SavedModelBundle.load(folder.resolve("exported").toString());
                StoredNetwork stored = new StoredNetwork(NETWORK, weights, true, 2, new Compute(1))) {
            float[] input = call(model, Signatures.PREPROCESS, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.INPUT);
            float[] served = call(model, Signatures.SERVING, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.LOGITS);
            float[] averaged = call(model, Signatures.AVERAGED, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.LOGITS);

            float[] mean = new float[9];
            for (int turns = 0; turns < 8; turns++) {
                float[] laid = turns % 4 == 0 && turns > 0 ? flipped(input) : input;
                input = turned(laid);
                float[] logits = call(model, Signatures.LOGITS, Map.of(Signatures.INPUT, input(input)))
                        .get(Signatures.LOGITS);
                for (int i = 0; i < 9; i++) {
                    mean[i] += logits[i] / 8;
                }
            }
            assertThat(served).containsExactly(mean, within(1e-4f));
            assertThat(averaged).containsExactly(mean, within(1e-4f));
            float[][] evaluated = stored.logits(IMAGES);
            assertThat(evaluated[1]).containsExactly(Arrays.copyOfRange(mean, 3, 6), within(1e-4f));
        }
    }

    /** Each of three inputs of 16 x 16 x 3 turned by a quarter. */
    private static float[] turned(float[] input) {
        return moved(input, (y, x) -> new int[] {x, 15 - y});
    }

    private static float[] flipped(float[] input) {
        return moved(input, (y, x) -> new int[] {y, 15 - x});
    }

    private static float[] moved(float[] input, BiFunction<Integer, Integer, int[]> to) {
        float[] moved = new float[input.length];
        for (int i = 0; i < input.length; i++) {
            int[] place = to.apply(i / 48 % 16, i / 3 % 16);
            moved[i / 768 * 768 + place[0] * 48 + place[1] * 3 + i % 3] = input[i];
        }
        return moved;
    }

    @Test
    void gradientIsWhatSmallChangesShow() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, weights, TEMPERATURE, false);
        try (SavedModelBundle model =
                SavedModelBundle.load(folder.resolve("exported").toString())) {
            float[] input = call(model, Signatures.PREPROCESS, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.INPUT);
            int[] targets = {2, 0, 1};

            Map<String, float[]> result = call(
                    model,
                    Signatures.GRADIENT,
                    Map.of(Signatures.INPUT, input(input), Signatures.TARGET, TInt32.vectorOf(targets)));

            float[] gradient = result.get(Signatures.GRADIENT);
            assertThat(gradient).hasSameSizeAs(input);
            // a step along an image's gradient changes its target's logit by step * |gradient|^2, and no other image's
            int size = input.length / 3;
            double squared = 0;
            float step = 1e-3f;
            float[] moved = input.clone();
            for (int i = size; i < 2 * size; i++) {
                squared += gradient[i] * (double) gradient[i];
                moved[i] += step * gradient[i];
            }
            float[] before = result.get(Signatures.LOGITS);
            float[] after = call(model, Signatures.LOGITS, Map.of(Signatures.INPUT, input(moved)))
                    .get(Signatures.LOGITS);
            assertThat(squared).isGreaterThan(1e-3);
            assertThat((after[3] - before[3]) / step / squared).isEqualTo(1, within(0.05));
            assertThat(after[0]).isEqualTo(before[0], within(1e-5f));
            assertThat(after[8]).isEqualTo(before[8], within(1e-5f));
        }
    }

    @Test
    void activationGradientIsWhatSmallChangesShow() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, weights, TEMPERATURE, false);
        try (SavedModelBundle model =
                SavedModelBundle.load(folder.resolve("exported").toString())) {
            float[] input = call(model, Signatures.PREPROCESS, Map.of(Signatures.IMAGE, images()))
                    .get(Signatures.INPUT);
            int[] targets = {2, 0, 1};

            Map<String, float[]> result = call(
                    model,
                    Signatures.ACTIVATIONS,
                    Map.of(Signatures.INPUT, input(input), Signatures.TARGET, TInt32.vectorOf(targets)));

            // 16 pixels were halved twice before the last pair of convolutions, which has four times the width
            Shape shape = Shape.of(3, 4, 4, 16);
            float[] activations = result.get(Signatures.ACTIVATIONS);
            float[] gradient = result.get(Signatures.ACTIVATION_GRADIENT);
            assertThat(activations).hasSize((int) shape.size());
            assertThat(gradient).hasSameSizeAs(activations);
            // a step along the gradients changes each target's logit by step * |gradient|^2; it leaves out zeros, of
            // which pooling may have several to choose from
            double[] squared = new double[3];
            int size = gradient.length / 3;
            for (int i = 0; i < gradient.length; i++) {
                assertThat(activations[i]).isNotNegative();
                squared[i / size] += activations[i] > 0 ? gradient[i] * (double) gradient[i] : 0;
            }
            double change = 1e-3; // of the logits: far more than their rounding, too little to bend anything
            float[] moved = activations.clone();
            for (int i = 0; i < moved.length; i++) {
                moved[i] += activations[i] > 0 ? (float) (change / squared[i / size] * gradient[i]) : 0;
            }
            float[] before = result.get(Signatures.LOGITS);
            float[] after = logitsFromActivations(model, TFloat32.tensorOf(shape, DataBuffers.of(moved)));
            for (int image = 0; image < 3; image++) {
                int target = 3 * image + targets[image];
                assertThat(squared[image]).isGreaterThan(1e-3);
                assertThat((after[target] - before[target]) / change).isEqualTo(1, within(0.05));
            }
        }
    }

    /** The rest of the network alone: whatever stands before the activations does not run. */
    private static float[] logitsFromActivations(SavedModelBundle model, TFloat32 activations) {
        SignatureDef signature = model.metaGraphDef().getSignatureDefOrThrow(Signatures.ACTIVATIONS);
        try (activations;
                Result result = model.session()
                        .runner()
                        .feed(
                                signature
                                        .getOutputsOrThrow(Signatures.ACTIVATIONS)
                                        .getName(),
                                activations)
                        .fetch(signature.getOutputsOrThrow(Signatures.LOGITS).getName())
                        .run()) {
            return values(result.get(0));
        }
    }

    @Test
    void nothingThatLearnsIsExported() throws IOException {
        ExportModel.to(folder.resolve("exported"), NETWORK, weights, TEMPERATURE, false);
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
        ExportModel.to(folder.resolve("first"), NETWORK, weights, TEMPERATURE, false);
        ExportModel.to(folder.resolve("second"), NETWORK, weights, TEMPERATURE, false);

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

    private static TFloat32 images() {
        float[] values = new float[IMAGES.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = IMAGES.rgb()[i] & 255;
        }
        return TFloat32.tensorOf(Shape.of(3, 20, 24, 3), DataBuffers.of(values));
    }

    private static TFloat32 input(float[] values) {
        return TFloat32.tensorOf(Shape.of(3, 16, 16, 3), DataBuffers.of(values));
    }

    private static Map<String, float[]> call(SavedModelBundle model, String signature, Map<String, Tensor> inputs) {
        try (Result result = model.function(signature).call(inputs)) {
            Map<String, float[]> values = new java.util.HashMap<>();
            result.forEach(output -> values.put(output.getKey(), values(output.getValue())));
            return values;
        } finally {
            inputs.values().forEach(Tensor::close);
        }
    }

    private static float[] values(Tensor tensor) {
        float[] copy = new float[(int) tensor.shape().size()];
        tensor.asRawTensor().data().asFloats().read(copy);
        return copy;
    }
}
