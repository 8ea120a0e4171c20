package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Layers of a network in use: normalised by the moving averages, nothing dropped; each image by itself. */
public final class UsingLayers extends Layers {

    public UsingLayers(Ops tf, Weights weights) {
        super(tf, weights);
    }

    @Override
    public Operand<TFloat32> dropout(Operand<TFloat32> x) {
        return x;
    }

    @Override
    protected Operand<TFloat32> normalise(String name, Operand<TFloat32> x, int channels) {
        BatchNormalisation norm = batchNormalisation(name, channels);
        // one factor and one summand a channel; with constant weights TensorFlow folds the factor into the filter
        Operand<TFloat32> factor = tf.math.mul(
                norm.scale(), tf.math.rsqrt(tf.math.add(norm.variance(), tf.constant(BatchNormalisation.EPSILON))));
        Operand<TFloat32> summand = tf.math.sub(norm.shift(), tf.math.mul(norm.mean(), factor));
        return tf.math.add(tf.math.mul(x, factor), summand);
    }
}
