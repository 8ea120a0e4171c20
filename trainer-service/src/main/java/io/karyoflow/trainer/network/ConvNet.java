package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Normalisation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A small network in the manner of VGG (Simonyan and Zisserman, 2014): six convolutions in three pairs, then two dense
 * layers. Each pair sees twice as much of the nucleus as the one before, in half the resolution and twice the channels.
 *
 * @param inputSize s, side of the square input in pixels, a multiple of 8
 * @param width w, channels of the first pair
 * @param kernel side of each convolution's window, 3 or 5 pixels
 * @param normalisation of every layer but the last
 * @param classes C, at least 2
 */
public record ConvNet(int inputSize, int width, int kernel, Normalisation normalisation, int classes)
        implements Network {
    private static final int HIDDEN = 128;
    private static final float EPSILON = 1e-3f;

    /** With 3x3 windows and batch normalisation. */
    public ConvNet(int inputSize, int width, int classes) {
        this(inputSize, width, 3, Normalisation.BATCH, classes);
    }

    @Override
    public Architecture architecture() {
        return Architecture.CONVNET;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.symmetric(inputSize);
    }

    @Override
    public TensorNames tensorNames() {
        return TensorNames.OWN;
    }

    @Override
    public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        // Layers 1 and 2: edges and stain. [N, s, s, 3] -> [N, s/2, s/2, w]
        layers.part("pair1");
        Operand<TFloat32> x = rectified(layers, "convolution1", input, width);
        x = halved(layers, "convolution2", x, width);

        // Layers 3 and 4: membrane, chromatin grain, nucleoli. -> [N, s/4, s/4, 2w]
        layers.part("pair2");
        x = rectified(layers, "convolution3", x, 2 * width);
        x = halved(layers, "convolution4", x, 2 * width);

        // Layers 5 and 6: the nucleus' shape and its neighbours. -> [N, s/8, s/8, 4w]
        layers.part("pair3");
        x = rectified(layers, "convolution5", x, 4 * width);
        return rectified(layers, "convolution6", x, 4 * width);
    }

    /** What was seen where: [N, s/8 * s/8 * 4w]. */
    @Override
    public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        return layers.flatten(layers.halve(activations));
    }

    @Override
    public Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
        // Layer 7: what matters of it, in 128 numbers. -> [N, 128]
        Operand<TFloat32> x = layers.weightedSums("dense1", layers.dropout(features), HIDDEN);
        x = switch (normalisation) {
            case BATCH -> layers.normalise("dense1", x, EPSILON);
            case NONE -> layers.shift("dense1", x);
        };
        x = layers.flatten(layers.rectify(x));

        // Layer 8: a score for each class. -> [N, C]
        return layers.scores("dense2", layers.dropout(x), classes);
    }

    private Operand<TFloat32> rectified(Layers layers, String name, Operand<TFloat32> x, int channels) {
        return layers.rectify(normalised(layers, name, x, channels));
    }

    /** Halved, then rectified: the same numbers as the other way round, and a quarter of them to rectify. */
    private Operand<TFloat32> halved(Layers layers, String name, Operand<TFloat32> x, int channels) {
        return layers.rectify(layers.halve(normalised(layers, name, x, channels)));
    }

    private Operand<TFloat32> normalised(Layers layers, String name, Operand<TFloat32> x, int channels) {
        return switch (normalisation) {
            case BATCH -> layers.normalisedConvolution(name, name, x, kernel, 1, channels, EPSILON);
            case NONE -> layers.shift(name, layers.convolution(name, x, kernel, 1, channels));
        };
    }
}
