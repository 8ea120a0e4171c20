package io.karyoflow.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Each network against PyTorch: {@code src/test/parity/network_outputs.py} made what is expected. */
class NetworkParityTest {
    private static final double RELATIVE = 1e-4;
    private static final ObjectMapper JSON = MessageJson.mapper();

    static List<Named<JsonNode>> networks() throws IOException {
        List<Named<JsonNode>> networks = new ArrayList<>();
        try (InputStream file = NetworkParityTest.class.getResourceAsStream("/network-outputs.json")) {
            JSON.readTree(file)
                    .get("networks")
                    .forEach(node -> networks.add(Named.of(node.get("name").asText(), node)));
        }
        return networks;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void answersAsPyTorchDoes(JsonNode expected) {
        // Given
        Hyperparameters hyperparameters =
                Hyperparameters.of(JSON.convertValue(expected.get("hyperparameters"), Map.class));
        Architecture architecture = JSON.convertValue(expected.get("architecture"), Architecture.class);
        Network network = Network.of(architecture, hyperparameters, 5);
        float[] logits = floats(expected.get("logits"));
        int[] shape = JSON.convertValue(expected.get("activationsShape"), int[].class);

        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            int side = network.inputSize();
            Placeholder<TFloat32> input =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
            UsingLayers layers = new UsingLayers(tf, new ConstantWeights(tf, FormulaTensors.weights(network)));
            NetworkOutputs outputs = network.outputs(layers, input);
            Operand<TFloat32> firstLogits =
                    tf.slice(outputs.logits(), tf.constant(new int[] {0, 0}), tf.constant(new int[] {2, 1}));
            Operand<TFloat32> gradient =
                    tf.gradients(firstLogits, List.of(input)).dy(0);

            // When
            try (TFloat32 images = TFloat32.tensorOf(
                            Shape.of(2, side, side, 3), DataBuffers.of(FormulaTensors.images(2, side)));
                    Result result = session.runner()
                            .feed(input, images)
                            .fetch(outputs.logits())
                            .fetch(outputs.activations())
                            .fetch(gradient)
                            .run()) {
                // Then
                assertClose(values(result.get(0)), logits);
                assertThat(result.get(1).shape()).isEqualTo(Shape.of(shape[0], shape[1], shape[2], shape[3]));
                float[] activations = values(result.get(1));
                int lastPlace = activations.length - shape[3];
                assertClose(
                        Arrays.copyOfRange(activations, lastPlace, lastPlace + 16),
                        floats(expected.get("activations")));
                float[] gradients = values(result.get(2));
                float[] row = floats(expected.get("gradient"));
                assertClose(Arrays.copyOfRange(gradients, gradients.length - row.length, gradients.length), row);
                double mean = expected.get("meanActivation").asDouble();
                assertThat(mean(activations)).isEqualTo(mean, within(RELATIVE * mean));
            }
        }
    }

    /** Relative to the largest, since the others are sums of what cancels out. */
    private static void assertClose(float[] actual, float[] expected) {
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i]).isEqualTo(expected[i], within(RELATIVE * largest));
        }
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static float[] floats(JsonNode array) {
        return JSON.convertValue(array, float[].class);
    }

    private static float[] values(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}
