package io.karyoflow.trainer.export;

import static io.karyoflow.trainer.export.TrainedConvNet.NETWORK;
import static io.karyoflow.trainer.export.TrainedConvNet.TEMPERATURE;
import static io.karyoflow.trainer.export.TrainedConvNet.TRAINED;
import static io.karyoflow.trainer.export.TrainedConvNet.call;
import static io.karyoflow.trainer.export.TrainedConvNet.images;
import static io.karyoflow.trainer.export.TrainedConvNet.input;
import static io.karyoflow.trainer.export.TrainedConvNet.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.karyoflow.common.model.Signatures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Explanations rest on the gradients that a stored model offers: they say what small changes do. */
class ExportedGradientsTest {
    private static SavedModelBundle model;

    @BeforeAll
    static void export(@TempDir Path folder) throws IOException {
        Path exported = folder.resolve("exported");
        ExportModel.to(exported, NETWORK, TRAINED.weights(), TEMPERATURE, false);
        model = SavedModelBundle.load(exported.toString());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void gradientIsWhatSmallChangesShow() {
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

    @Test
    void activationGradientIsWhatSmallChangesShow() {
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
        float[] after = logitsFromActivations(TFloat32.tensorOf(shape, DataBuffers.of(moved)));
        for (int image = 0; image < 3; image++) {
            int target = 3 * image + targets[image];
            assertThat(squared[image]).isGreaterThan(1e-3);
            assertThat((after[target] - before[target]) / change).isEqualTo(1, within(0.05));
        }
    }

    /** The rest of the network alone: whatever stands before the activations does not run. */
    private static float[] logitsFromActivations(TFloat32 activations) {
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
}
