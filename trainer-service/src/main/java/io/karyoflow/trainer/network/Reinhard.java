package io.karyoflow.trainer.network;

import io.karyoflow.common.image.ColourStatistics;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * What each image would look like on a slide of the usual colours: the optical densities of red and green are moved and
 * stretched so that their mean and deviation over the slide become the usual ones (after Reinhard et al., Color Transfer
 * between Images, 2001, who do so in another space). In place of blue, which tells least of haematoxylin and eosin, is the
 * light that {@link Stain#HAEMATOXYLIN} as it is would let through: how dark a nucleus is among those of all slides.
 */
final class Reinhard {
    /** A slide of less contrast is empty: its noise is not stretched any further. */
    private static final float LEAST_DEVIATION = 0.05f;

    private static final int COLOURS = 3;
    private static final long LAST = 3;

    private final Ops tf;
    private final Haematoxylin haematoxylin;

    Reinhard(Ops tf) {
        this.tf = tf;
        this.haematoxylin = new Haematoxylin(tf);
    }

    /**
     * @param images [N, s, s, 3], 0..255
     * @param slides [N, 6], the {@link ColourStatistics} of the slide of each
     * @return the same shape and range as the images
     */
    Operand<TFloat32> normalise(Operand<TFloat32> images, Operand<TFloat32> slides) {
        List<Operand<TFloat32>> densities = haematoxylin.densities(images);
        return tf.stack(
                List.of(
                        light(usual(densities.get(0), slides, 0)),
                        light(usual(densities.get(1), slides, 1)),
                        light(haematoxylin.amount(densities))),
                Stack.axis(LAST));
    }

    private Operand<TFloat32> usual(Operand<TFloat32> density, Operand<TFloat32> slides, int colour) {
        Operand<TFloat32> mean = number(slides, colour);
        Operand<TFloat32> deviation = tf.math.maximum(number(slides, COLOURS + colour), tf.constant(LEAST_DEVIATION));
        Operand<TFloat32> standard = tf.math.div(tf.math.sub(density, mean), deviation);
        return tf.nn.relu(tf.math.add(
                tf.math.mul(standard, tf.constant(ColourStatistics.USUAL.deviation()[colour])),
                tf.constant(ColourStatistics.USUAL.mean()[colour])));
    }

    /** One number of each slide: [N, 1, 1]. */
    private Operand<TFloat32> number(Operand<TFloat32> slides, int which) {
        Operand<TFloat32> column = tf.slice(slides, tf.constant(new int[] {0, which}), tf.constant(new int[] {-1, 1}));
        return tf.reshape(column, tf.constant(new int[] {-1, 1, 1}));
    }

    private Operand<TFloat32> light(Operand<TFloat32> density) {
        return tf.math.mul(tf.math.exp(tf.math.neg(density)), tf.constant(255f));
    }
}
