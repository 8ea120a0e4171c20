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
    public Operand<TFloat32> normalise(String name, Operand<TFloat32> x, float epsilon) {
        return byMovingAverages(batchNormalisation(name, last(x)), x, epsilon);
    }

    /** The factor is multiplied into the filter: a constant, where weights are, and one pass less over the picture. */
    @Override
    public Operand<TFloat32> normalisedConvolution(
            String name, String norm, Operand<TFloat32> x, int kernel, int stride, int channels, float epsilon) {
        Affine affine = affine(batchNormalisation(norm, channels), epsilon);
        Operand<TFloat32> filter = tf.math.mul(filter(name, x, kernel, channels), affine.factor());
        return tf.nn.biasAdd(slide(x, filter, stride), affine.summand());
    }

    @Override
    public Operand<TFloat32> normalisedDepthwiseConvolution(
            String name, String norm, Operand<TFloat32> x, int kernel, int stride, float epsilon) {
        long channels = last(x);
        Affine affine = affine(batchNormalisation(norm, channels), epsilon);
        Operand<TFloat32> factor = tf.reshape(affine.factor(), tf.constant(new long[] {channels, 1}));
        Operand<TFloat32> filter = tf.math.mul(depthwiseFilter(name, x, kernel), factor);
        return tf.nn.biasAdd(slideDepthwise(x, filter, stride), affine.summand());
    }
}
