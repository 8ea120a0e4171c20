package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.types.TFloat32;

/**
 * What each image would look like without eosin: the amount of {@link Stain#HAEMATOXYLIN} alone, in its colour. Chromatin is
 * all that is left, and what one laboratory's eosin looks like cannot be learned.
 */
final class Haematoxylin {
    private static final int COLOURS = 3;
    private static final long LAST = 3;

    private final Ops tf;

    Haematoxylin(Ops tf) {
        this.tf = tf;
    }

    /** @param images [N, s, s, 3], 0..255 @return the same shape and range */
    Operand<TFloat32> alone(Operand<TFloat32> images) {
        Operand<TFloat32> amount = amount(densities(images));
        List<Operand<TFloat32>> alone = new ArrayList<>();
        for (int colour = 0; colour < COLOURS; colour++) {
            float density = (float) Stain.HAEMATOXYLIN.density(colour);
            alone.add(tf.math.mul(tf.math.exp(tf.math.mul(amount, tf.constant(-density))), tf.constant(255f)));
        }
        return tf.stack(alone, Stack.axis(LAST));
    }

    /** @param images [N, s, s, 3], 0..255 @return optical density of red, green and blue, each [N, s, s] */
    List<Operand<TFloat32>> densities(Operand<TFloat32> images) {
        Operand<TFloat32> light = tf.math.div(tf.math.maximum(images, tf.constant(1f)), tf.constant(255f));
        return List.copyOf(tf.unstack(tf.math.neg(tf.math.log(light)), (long) COLOURS, Unstack.axis(LAST))
                .output());
    }

    /** @param densities of red, green and blue @return [N, s, s], from 0 */
    Operand<TFloat32> amount(List<Operand<TFloat32>> densities) {
        // colour by colour, not as a convolution: that would lose digits where training is in bf16
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (Operand<TFloat32> density : densities) {
            parts.add(tf.math.mul(density, tf.constant((float) Stain.HAEMATOXYLIN.amount(parts.size()))));
        }
        return tf.nn.relu(tf.math.addN(parts));
    }
}
