package io.karyoflow.trainer.export;

import io.karyoflow.trainer.network.Layers;
import io.karyoflow.trainer.network.Network;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The mean score over the 8 flips and quarter turns of an image (the dihedral group D4): tissue has no up or down, so a
 * network's opinion of each is worth the same, and their errors differ.
 */
final class Orientations {
    private static final int COUNT = 8;

    private Orientations() {}

    /**
     * @param input [N, s, s, 3], as the network's preprocessing makes it
     * @return [N, C]
     */
    static Operand<TFloat32> meanLogits(Ops tf, Network network, Layers layers, Operand<TFloat32> input) {
        List<Operand<TFloat32>> laid = new ArrayList<>();
        for (Operand<TFloat32> x : List.of(input, tf.linalg.transpose(input, tf.constant(new int[] {0, 2, 1, 3})))) {
            laid.add(x);
            laid.add(tf.reverse(x, tf.constant(new int[] {1})));
            laid.add(tf.reverse(x, tf.constant(new int[] {2})));
            laid.add(tf.reverse(x, tf.constant(new int[] {1, 2})));
        }
        int side = network.inputSize();
        Operand<TFloat32> all = tf.reshape(
                tf.concat(laid, tf.constant(0)), tf.constant(new int[] {-1, side, side, 3})); // says the shape again
        Operand<TFloat32> logits = network.outputs(layers, all).logits();
        return tf.math.mean(tf.reshape(logits, tf.constant(new int[] {COUNT, -1, network.classes()})), tf.constant(0));
    }
}
