package io.karyoflow.trainer.export;

import com.google.protobuf.CodedOutputStream;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.Signatures;
import io.karyoflow.trainer.network.ConstantWeights;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.NetworkOutputs;
import io.karyoflow.trainer.network.UsingLayers;
import io.karyoflow.trainer.network.WeightValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Builds the graph that serves and explains from trained weights, which are constants in it. */
public final class ExportModel {
    private ExportModel() {}

    /**
     * Writes a SavedModel with the signatures of {@link Signatures}.
     *
     * @param temperature logits are divided by it for the probabilities, also where they are averaged and it was not fitted to
     *     that; above 0
     * @param averageOrientations whether the default is the mean over flips and turns, too
     * @param folder to be made; must not exist
     */
    public static void to(
            Path folder,
            Network network,
            Map<String, WeightValues> trained,
            double temperature,
            boolean averageOrientations)
            throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            UsingLayers layers = new UsingLayers(tf, new ConstantWeights(tf, trained));
            int side = network.inputSize();

            Placeholder<TFloat32> image = tf.withName(Signatures.IMAGE)
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
            Placeholder<TFloat32> colours = tf.withName(Signatures.COLOURS)
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, ColourStatistics.NUMBERS)));
            Operand<TFloat32> seen = network.preprocessing().input(tf, image, colours);
            Operand<TFloat32> averaged = Orientations.meanLogits(tf, network, layers, seen);
            Operand<TFloat32> served = averageOrientations
                    ? averaged
                    : network.outputs(layers, seen).logits();

            // the network a second time, over the same constants, for callers that change what it sees
            Placeholder<TFloat32> input = tf.withName(Signatures.INPUT)
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, side, side, 3)));
            NetworkOutputs outputs = network.outputs(layers, input);
            Operand<TFloat32> logits = outputs.logits();

            Placeholder<TInt32> target =
                    tf.withName(Signatures.TARGET).placeholder(TInt32.class, Placeholder.shape(Shape.of(-1)));
            Operand<TFloat32> chosen =
                    tf.oneHot(target, tf.constant(network.classes()), tf.constant(1f), tf.constant(0f));
            // images of a batch do not touch each other's scores, so the gradient of the sum holds each one's own
            Operand<TFloat32> score = tf.reduceSum(tf.math.mul(logits, chosen), tf.constant(new int[] {0, 1}));
            Gradients gradients = tf.gradients(score, List.of(input, outputs.activations()));

            ImageInputs images =
                    new ImageInputs(image, colours, network.preprocessing().ofSlides());
            write(
                    folder,
                    graph,
                    labelling(tf, images.signature(Signatures.SERVING), served, temperature),
                    labelling(tf, images.signature(Signatures.AVERAGED), averaged, temperature),
                    images.signature(Signatures.PREPROCESS)
                            .output(Signatures.INPUT, seen)
                            .build(),
                    Signature.builder(Signatures.LOGITS)
                            .input(Signatures.INPUT, input)
                            .output(Signatures.LOGITS, logits)
                            .build(),
                    Signature.builder(Signatures.GRADIENT)
                            .input(Signatures.INPUT, input)
                            .input(Signatures.TARGET, target)
                            .output(Signatures.GRADIENT, gradients.<TFloat32>dy(0))
                            .output(Signatures.LOGITS, logits)
                            .build(),
                    Signature.builder(Signatures.ACTIVATIONS)
                            .input(Signatures.INPUT, input)
                            .input(Signatures.TARGET, target)
                            .output(Signatures.ACTIVATIONS, outputs.activations())
                            .output(Signatures.ACTIVATION_GRADIENT, gradients.<TFloat32>dy(1))
                            .output(Signatures.LOGITS, logits)
                            .build());
        }
    }

    /** What goes into the signatures that see images; only networks that see slides ask for colours. */
    private record ImageInputs(Placeholder<TFloat32> image, Placeholder<TFloat32> colours, boolean ofSlides) {
        Signature.Builder signature(String key) {
            Signature.Builder signature = Signature.builder(key).input(Signatures.IMAGE, image);
            return ofSlides ? signature.input(Signatures.COLOURS, colours) : signature;
        }
    }

    private static Signature labelling(Ops tf, Signature.Builder images, Operand<TFloat32> logits, double temperature) {
        return images.output(Signatures.LOGITS, logits)
                .output(Signatures.PROBABILITIES, tf.nn.softmax(tf.math.div(logits, tf.constant((float) temperature))))
                .build();
    }

    private static void write(Path folder, Graph graph, Signature... signatures) throws IOException {
        try (Session session = new Session(graph)) {
            SavedModelBundle.exporter(folder.toString())
                    .withSession(session)
                    .withSignatures(signatures)
                    .export();
        }
        writeInFixedOrder(folder.resolve("saved_model.pb"));
    }

    /** Protocol Buffers write maps in any order, but the same model must have the same bytes, and so the same id. */
    private static void writeInFixedOrder(Path file) throws IOException {
        SavedModel model = SavedModel.parseFrom(Files.readAllBytes(file));
        try (OutputStream stream = Files.newOutputStream(file)) {
            CodedOutputStream output = CodedOutputStream.newInstance(stream);
            output.useDeterministicSerialization();
            model.writeTo(output);
            output.flush();
        }
    }
}
