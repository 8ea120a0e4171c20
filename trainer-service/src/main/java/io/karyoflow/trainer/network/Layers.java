package io.karyoflow.trainer.network;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The kinds of layer a network is made of. Normalisation and dropout differ between learning and using. Pictures are
 * [N, height, width, channels]; windows are padded with zeros on all sides alike, as PyTorch and MXNet do, so that weights
 * trained there see what they have learned to see.
 */
public abstract class Layers {
    static final String FILTER = ".filter";
    static final String DEPTHWISE_FILTER = ".depthwise";
    static final String MATRIX = ".matrix";
    static final String BIAS = ".bias";
    static final String SCALE = ".scale";
    static final String SHIFT = ".shift";
    static final String MEAN = ".mean";
    static final String VARIANCE = ".variance";

    protected final Ops tf;
    protected final Weights weights;

    protected Layers(Ops tf, Weights weights) {
        this.tf = tf;
        this.weights = weights;
    }

    /** Weights asked for from here on belong to this part of the network. */
    public void part(String name) {
        weights.part(name);
    }

    /**
     * Convolution without a bias.
     *
     * @param kernel side of the window, odd
     * @param stride 1 to keep the resolution, 2 for half of it, rounded up
     */
    public Operand<TFloat32> convolution(String name, Operand<TFloat32> x, int kernel, int stride, int channels) {
        return slide(x, filter(name, x, kernel, channels), stride);
    }

    /**
     * Convolution, then batch normalisation.
     *
     * @param name of the convolution's weights; kernel and stride as in {@link #convolution}
     * @param norm name of the normalisation's weights; epsilon as in {@link #normalise}
     */
    public Operand<TFloat32> normalisedConvolution(
            String name, String norm, Operand<TFloat32> x, int kernel, int stride, int channels, float epsilon) {
        return normalise(norm, convolution(name, x, kernel, stride, channels), epsilon);
    }

    /** Convolution of each channel by itself, then batch normalisation; as {@link #normalisedConvolution}. */
    public Operand<TFloat32> normalisedDepthwiseConvolution(
            String name, String norm, Operand<TFloat32> x, int kernel, int stride, float epsilon) {
        return normalise(norm, slideDepthwise(x, depthwiseFilter(name, x, kernel), stride), epsilon);
    }

    /** Half the resolution: the largest of each 2x2. */
    public Operand<TFloat32> halve(Operand<TFloat32> x) {
        return largest(x, 2);
    }

    /** Half the resolution, rounded up: the largest of each overlapping 3x3. @param x nowhere below 0 */
    public Operand<TFloat32> halveOverlapping(Operand<TFloat32> x) {
        // where nothing is below 0, a border of zeros never is the largest alone
        return largest(padded(x, 1), 3);
    }

    /**
     * Of each window of this side, in steps of 2. It is the operation that oneDNN computes: the gradient of MaxPoolV2, the
     * only one that the API has, takes ten times as long.
     */
    private Operand<TFloat32> largest(Operand<TFloat32> x, long side) {
        return tf.scope()
                .opBuilder("MaxPool", "MaxPool")
                .addInput(x.asOutput())
                .setAttr("ksize", new long[] {1, side, side, 1})
                .setAttr("strides", new long[] {1, 2, 2, 1})
                .setAttr("padding", "VALID")
                .build()
                .output(0);
    }

    /** The means over all positions and over those in the middle half of height and width: [N, 2 channels]. */
    public Operand<TFloat32> averages(Operand<TFloat32> x) {
        int border = Math.toIntExact(x.shape().get(1) / 4);
        int side = Math.toIntExact(x.shape().get(1)) - 2 * border;
        Operand<TFloat32> middle =
                tf.slice(x, tf.constant(new int[] {0, border, border, 0}), tf.constant(new int[] {-1, side, side, -1}));
        return tf.concat(List.of(average(x), average(middle)), tf.constant(1));
    }

    /** The mean over all positions: [N, channels]. */
    public Operand<TFloat32> average(Operand<TFloat32> x) {
        return tf.math.mean(x, tf.constant(new int[] {1, 2}));
    }

    /** Parts of a batch as one. @param parts at least one, alike but for the number of images */
    public Operand<TFloat32> together(List<Operand<TFloat32>> parts) {
        return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
    }

    public Operand<TFloat32> flatten(Operand<TFloat32> x) {
        long features = 1;
        for (int dimension = 1; dimension < x.shape().numDimensions(); dimension++) {
            features *= x.shape().get(dimension);
        }
        return tf.reshape(x, tf.constant(new int[] {-1, Math.toIntExact(features)}));
    }

    public Operand<TFloat32> rectify(Operand<TFloat32> x) {
        return tf.nn.relu(x);
    }

    public Operand<TFloat32> sum(Operand<TFloat32> x, Operand<TFloat32> y) {
        return tf.math.add(x, y);
    }

    /** Weighted sums of [N, features], as pictures of one pixel, [N, 1, 1, out], to be normalised like other pictures. */
    public Operand<TFloat32> weightedSums(String name, Operand<TFloat32> x, int out) {
        long in = last(x);
        Operand<TFloat32> matrix = weights.learned(name + MATRIX, Shape.of(in, out), Initial.he(in));
        return tf.reshape(tf.linalg.matMul(x, matrix), tf.constant(new int[] {-1, 1, 1, out}));
    }

    /** Weighted sums with a bias. They start from zero, so that at first every class is as likely as any other. */
    public Operand<TFloat32> scores(String name, Operand<TFloat32> x, int out) {
        Operand<TFloat32> matrix = weights.learned(name + MATRIX, Shape.of(last(x), out), Initial.ZERO);
        Operand<TFloat32> bias = weights.learned(name + BIAS, Shape.of(out), Initial.ZERO);
        return tf.nn.biasAdd(tf.linalg.matMul(x, matrix), bias);
    }

    /** Adds a learned number to each channel. */
    public Operand<TFloat32> shift(String name, Operand<TFloat32> x) {
        return tf.nn.biasAdd(x, weights.learned(name + SHIFT, Shape.of(last(x)), Initial.ZERO));
    }

    public abstract Operand<TFloat32> dropout(Operand<TFloat32> x);

    /**
     * Batch normalisation of each channel (Ioffe and Szegedy, 2015). A batch to learn from must have a few images where
     * the picture is one pixel: one by itself has no statistics.
     *
     * @param epsilon added to the variance; weights expect that with which they were trained
     */
    public abstract Operand<TFloat32> normalise(String name, Operand<TFloat32> x, float epsilon);

    /**
     * Batch normalisation of features, [N, features]: for a head behind layers whose outputs may have any scale (He et al.,
     * Masked Autoencoders Are Scalable Vision Learners, 2021, appendix on linear probing).
     */
    public Operand<TFloat32> normaliseFeatures(String name, Operand<TFloat32> x, float epsilon) {
        long features = last(x);
        Operand<TFloat32> picture = tf.reshape(x, tf.constant(new long[] {-1, 1, 1, features}));
        return tf.reshape(normalise(name, picture, epsilon), tf.constant(new long[] {-1, features}));
    }

    /** Normalisation by the statistics of a data set seen before, which nothing changes. */
    public Operand<TFloat32> standardise(String name, Operand<TFloat32> x, float epsilon) {
        Shape shape = Shape.of(last(x));
        BatchNormalisation fixed = new BatchNormalisation(
                weights.tracked(name + SCALE, shape, Initial.ONE),
                weights.tracked(name + SHIFT, shape, Initial.ZERO),
                weights.tracked(name + MEAN, shape, Initial.ZERO),
                weights.tracked(name + VARIANCE, shape, Initial.ONE));
        return byMovingAverages(fixed, x, epsilon);
    }

    protected BatchNormalisation batchNormalisation(String name, long channels) {
        Shape shape = Shape.of(channels);
        return new BatchNormalisation(
                weights.learned(name + SCALE, shape, Initial.ONE),
                weights.learned(name + SHIFT, shape, Initial.ZERO),
                weights.tracked(name + MEAN, shape, Initial.ZERO),
                weights.tracked(name + VARIANCE, shape, Initial.ONE));
    }

    protected Operand<TFloat32> byMovingAverages(BatchNormalisation norm, Operand<TFloat32> x, float epsilon) {
        Affine affine = affine(norm, epsilon);
        return tf.math.add(tf.math.mul(x, affine.factor()), affine.summand());
    }

    /** What normalisation by the moving averages comes to. */
    protected Affine affine(BatchNormalisation norm, float epsilon) {
        Operand<TFloat32> factor =
                tf.math.mul(norm.scale(), tf.math.rsqrt(tf.math.add(norm.variance(), tf.constant(epsilon))));
        return new Affine(factor, tf.math.sub(norm.shift(), tf.math.mul(norm.mean(), factor)));
    }

    /** [kernel, kernel, in, channels] */
    protected Operand<TFloat32> filter(String name, Operand<TFloat32> x, int kernel, int channels) {
        long in = last(x);
        return weights.learned(name + FILTER, Shape.of(kernel, kernel, in, channels), Initial.he(kernel * kernel * in));
    }

    /** [kernel, kernel, in, 1] */
    protected Operand<TFloat32> depthwiseFilter(String name, Operand<TFloat32> x, int kernel) {
        return weights.learned(
                name + DEPTHWISE_FILTER, Shape.of(kernel, kernel, last(x), 1), Initial.he((long) kernel * kernel));
    }

    protected Operand<TFloat32> slide(Operand<TFloat32> x, Operand<TFloat32> filter, int stride) {
        return stride == 1
                ? tf.nn.conv2d(x, filter, steps(1), "SAME")
                : tf.nn.conv2d(padded(x, border(filter)), filter, steps(stride), "VALID");
    }

    protected Operand<TFloat32> slideDepthwise(Operand<TFloat32> x, Operand<TFloat32> filter, int stride) {
        return stride == 1
                ? tf.nn.depthwiseConv2dNative(x, filter, steps(1), "SAME")
                : tf.nn.depthwiseConv2dNative(padded(x, border(filter)), filter, steps(stride), "VALID");
    }

    private static int border(Operand<TFloat32> filter) {
        return Math.toIntExact(filter.shape().get(0) / 2);
    }

    private Operand<TFloat32> padded(Operand<TFloat32> x, int border) {
        if (border == 0) {
            return x;
        }
        return tf.pad(
                x, tf.constant(new int[][] {{0, 0}, {border, border}, {border, border}, {0, 0}}), tf.constant(0f));
    }

    private static List<Long> steps(long stride) {
        return List.of(1L, stride, stride, 1L);
    }

    protected static long last(Operand<TFloat32> x) {
        return x.shape().get(x.shape().numDimensions() - 1);
    }

    /** y = scale * (x - mean) / sqrt(variance + epsilon) + shift, each of them [channels]. */
    protected record BatchNormalisation(
            Operand<TFloat32> scale, Operand<TFloat32> shift, Operand<TFloat32> mean, Operand<TFloat32> variance) {}

    /** y = x * factor + summand, both [channels]. */
    protected record Affine(Operand<TFloat32> factor, Operand<TFloat32> summand) {}
}
