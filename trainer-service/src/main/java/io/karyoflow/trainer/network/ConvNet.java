package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A small network in the manner of VGG (Simonyan and Zisserman, 2014): six convolutions in three pairs, then two dense
 * layers. Each pair sees twice as much of the nucleus as the one before, in half the resolution and twice the channels.
 *
 * @param inputSize s, side of the square input in pixels, a multiple of 8
 * @param width w, channels of the first pair
 * @param classes C, at least 2
 */
public record ConvNet(int inputSize, int width, int classes) {
    private static final int HIDDEN = 128;

    /** @param input [N, s, s, 3], as {@link Preprocessing} makes it */
    public NetworkOutputs outputs(Layers layers, Operand<TFloat32> input) {
        // Layers 1 and 2: edges and stain. [N, s, s, 3] -> [N, s/2, s/2, w]
        Operand<TFloat32> x = layers.convolution("convolution1", input, 3, width);
        x = layers.convolution("convolution2", x, width, width);
        x = layers.halve(x);

        // Layers 3 and 4: membrane, chromatin grain, nucleoli. -> [N, s/4, s/4, 2w]
        x = layers.convolution("convolution3", x, width, 2 * width);
        x = layers.convolution("convolution4", x, 2 * width, 2 * width);
        x = layers.halve(x);

        // Layers 5 and 6: the nucleus' shape and its neighbours. -> [N, s/8, s/8, 4w]
        x = layers.convolution("convolution5", x, 2 * width, 4 * width);
        Operand<TFloat32> activations = layers.convolution("convolution6", x, 4 * width, 4 * width);
        x = layers.halve(activations);

        // Layer 7: what was seen where, in 128 numbers. -> [N, 128]
        int features = inputSize / 8 * (inputSize / 8) * 4 * width;
        x = layers.flatten(x, features);
        x = layers.dropout(x);
        x = layers.dense("dense1", x, features, HIDDEN);

        // Layer 8: a score for each class. -> [N, C]
        x = layers.dropout(x);
        return new NetworkOutputs(activations, layers.scores("dense2", x, HIDDEN, classes));
    }
}
