package io.karyoflow.trainer.network;

import com.google.protobuf.CodedOutputStream;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** All that features of an image depend on: every operation from its pixels to what the head is given, and every weight. */
public final class FeatureGraph {
    private FeatureGraph() {}

    /**
     * Networks whose code has changed have another one, though they are called the same.
     *
     * @param weights all before the head; others do not count
     * @return 64 hexadecimal digits
     */
    public static String sha256(Network network, Map<String, WeightValues> weights) {
        MessageDigest digest = Sha256.digest();
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> image = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, -1, -1, 3)));
            Operand<TFloat32> slides =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, ColourStatistics.NUMBERS)));
            Layers layers = new UsingLayers(tf, new ConstantWeights(tf, weights));
            network.features(
                    layers, network.activations(layers, network.preprocessing().input(tf, image, slides)));
            CodedOutputStream output =
                    CodedOutputStream.newInstance(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            output.useDeterministicSerialization(); // Protocol Buffers write maps in any order
            graph.toGraphDef().writeTo(output);
            output.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a digest does not fail
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
