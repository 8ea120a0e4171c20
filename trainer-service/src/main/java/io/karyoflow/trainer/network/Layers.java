package io.karyoflow.trainer.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The kinds of layer a network is made of. Normalisation and dropout differ between learning and using. */
public abstract class Layers {
    protected final Ops tf;
    protected final Weights weights;

    protected Layers(Ops tf, Weights weights) {
        this.tf = tf;
        this.weights = weights;
    }

    /** 3x3 convolution that keeps the resolution, normalised and rectified. No bias: the normalisation has one. */
    public Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int channelsIn, int channelsOut) {
        Operand<TFloat32> filter =
                weights.learned(name + ".filter", Shape.of(3, 3, channelsIn, channelsOut), Initial.he(9L * channelsIn));
        Operand<TFloat32> scores = tf.nn.conv2d(x, filter, List.of(1L, 1L, 1L, 1L), "SAME");
        return rectify(normalise(name, scores, channelsOut));
    }

    /** Half the resolution: the largest of each 2x2. */
    public Operand<TFloat32> halve(Operand<TFloat32> x) {
        return tf.nn.maxPool(x, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
    }

    public Operand<TFloat32> flatten(Operand<TFloat32> x, int features) {
        return tf.reshape(x, tf.constant(new int[] {-1, features}));
    }

    private Operand<TFloat32> rectify(Operand<TFloat32> x) {
        return tf.nn.relu(x);
    }

    /** Weighted sums, normalised and rectified. A batch must have a few images: one by itself has no statistics. */
    public Operand<TFloat32> dense(String name, Operand<TFloat32> x, int in, int out) {
        Operand<TFloat32> matrix = weights.learned(name + ".matrix", Shape.of(in, out), Initial.he(in));
        // normalisation is made for pictures, so each sum becomes a picture of one pixel
        Operand<TFloat32> sums = tf.reshape(tf.linalg.matMul(x, matrix), tf.constant(new int[] {-1, 1, 1, out}));
        return rectify(flatten(normalise(name, sums, out), out));
    }

    /** Weighted sums with a bias. They start from zero, so that at first every class is as likely as any other. */
    public Operand<TFloat32> scores(String name, Operand<TFloat32> x, int in, int out) {
        Operand<TFloat32> matrix = weights.learned(name + ".matrix", Shape.of(in, out), Initial.ZERO);
        Operand<TFloat32> bias = weights.learned(name + ".bias", Shape.of(out), Initial.ZERO);
        return tf.nn.biasAdd(tf.linalg.matMul(x, matrix), bias);
    }

    public abstract Operand<TFloat32> dropout(Operand<TFloat32> x);

    /** Batch normalisation over all but the last dimension (Ioffe and Szegedy, 2015). */
    protected abstract Operand<TFloat32> normalise(String name, Operand<TFloat32> x, int channels);

    protected BatchNormalisation batchNormalisation(String name, int channels) {
        Shape shape = Shape.of(channels);
        return new BatchNormalisation(
                weights.learned(name + ".scale", shape, Initial.ONE),
                weights.learned(name + ".shift", shape, Initial.ZERO),
                weights.tracked(name + ".mean", shape, Initial.ZERO),
                weights.tracked(name + ".variance", shape, Initial.ONE));
    }

    /** y = scale * (x - mean) / sqrt(variance + epsilon) + shift, each of them [channels]. */
    protected record BatchNormalisation(
            Operand<TFloat32> scale, Operand<TFloat32> shift, Operand<TFloat32> mean, Operand<TFloat32> variance) {
        static final float EPSILON = 1e-3f;
    }
}
