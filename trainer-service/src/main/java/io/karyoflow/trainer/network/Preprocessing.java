package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ScaleAndTranslate;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * From an image to what the network sees. It is part of the graph, so that training and serving cannot differ.
 *
 * @param inputSize side of the square input, in pixels
 */
public record Preprocessing(int inputSize) {

    /**
     * Bilinear to the input size; where that is smaller, the triangle is widened, so that every pixel counts and nothing
     * aliases. Then from 0..255 to -1..1.
     *
     * @param image [N, H, W, 3] of any size, 0..255
     * @return [N, inputSize, inputSize, 3], -1..1
     */
    public Operand<TFloat32> input(Ops tf, Operand<? extends TNumber> image) {
        Operand<TInt32> size = tf.constant(new int[] {inputSize, inputSize});
        Operand<TInt32> imageSize = tf.slice(tf.shape(image), tf.constant(new int[] {1}), tf.constant(new int[] {2}));
        Operand<TFloat32> scale =
                tf.math.div(tf.dtypes.cast(size, TFloat32.class), tf.dtypes.cast(imageSize, TFloat32.class));
        Operand<TFloat32> resized = tf.image.scaleAndTranslate(
                image,
                size,
                scale,
                tf.constant(new float[] {0, 0}),
                ScaleAndTranslate.kernelType("triangle"),
                ScaleAndTranslate.antialias(true));
        return tf.math.sub(tf.math.mul(resized, tf.constant(1 / 127.5f)), tf.constant(1f));
    }
}
