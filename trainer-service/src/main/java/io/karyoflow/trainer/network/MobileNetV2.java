package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * MobileNetV2 (Sandler et al., MobileNetV2: Inverted Residuals and Linear Bottlenecks, 2018), of width 1. Layers and
 * tensors are called as in the ONNX model zoo's mobilenetv2-7, which came from Gluon. Like that one, and unlike the
 * paper's, it rectifies without an upper bound of 6: its weights were trained so.
 *
 * @param inputSize s, side of the square input in pixels; s/32 is meant to be rounded up
 * @param classes C, at least 2
 */
public record MobileNetV2(int inputSize, int classes) implements Network {
    private static final String PREFIX = "mobilenetv20_features_";
    private static final float EPSILON = 1e-5f;

    @Override
    public Architecture architecture() {
        return Architecture.MOBILENETV2;
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.imageNet(inputSize);
    }

    @Override
    public TensorNames tensorNames() {
        return TensorNames.GLUON;
    }

    @Override
    public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        // Stem: edges and stain. [N, s, s, 3] -> [N, s/2, s/2, 16]
        layers.part("stem");
        Operand<TFloat32> x =
                layers.normalisedConvolution(PREFIX + "conv0", PREFIX + "batchnorm0", input, 3, 2, 32, EPSILON);
        x = layers.rectify(x);
        x = bottleneck(layers, 0, x, 1, 1, 16);

        // Stage 1: grain. -> [N, s/4, s/4, 24]
        layers.part("stage1");
        x = bottleneck(layers, 1, x, 6, 2, 24);
        x = layers.sum(x, bottleneck(layers, 2, x, 6, 1, 24));

        // Stage 2: membrane, nucleoli. -> [N, s/8, s/8, 32]
        layers.part("stage2");
        x = bottleneck(layers, 3, x, 6, 2, 32);
        x = layers.sum(x, bottleneck(layers, 4, x, 6, 1, 32));
        x = layers.sum(x, bottleneck(layers, 5, x, 6, 1, 32));

        // Stage 3: shape. -> [N, s/16, s/16, 96]
        layers.part("stage3");
        x = bottleneck(layers, 6, x, 6, 2, 64);
        x = layers.sum(x, bottleneck(layers, 7, x, 6, 1, 64));
        x = layers.sum(x, bottleneck(layers, 8, x, 6, 1, 64));
        x = layers.sum(x, bottleneck(layers, 9, x, 6, 1, 64));
        x = bottleneck(layers, 10, x, 6, 1, 96);
        x = layers.sum(x, bottleneck(layers, 11, x, 6, 1, 96));
        x = layers.sum(x, bottleneck(layers, 12, x, 6, 1, 96));

        // Stage 4: the nucleus and its neighbours. -> [N, s/32, s/32, 1280]
        layers.part("stage4");
        x = bottleneck(layers, 13, x, 6, 2, 160);
        x = layers.sum(x, bottleneck(layers, 14, x, 6, 1, 160));
        x = layers.sum(x, bottleneck(layers, 15, x, 6, 1, 160));
        x = bottleneck(layers, 16, x, 6, 1, 320);
        x = layers.normalisedConvolution(PREFIX + "conv1", PREFIX + "batchnorm1", x, 1, 1, 1280, EPSILON);
        return layers.rectify(x);
    }

    /** What was seen anywhere: [N, 1280]. */
    @Override
    public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        return layers.average(activations);
    }

    @Override
    public Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
        return layers.scores("mobilenetv20_output_pred", layers.dropout(features), classes);
    }

    /** Widens, looks around in each channel by itself, and narrows without rectifying, which would lose what is negative. */
    private static Operand<TFloat32> bottleneck(
            Layers layers, int number, Operand<TFloat32> x, int expansion, int stride, int channels) {
        String name = PREFIX + "linearbottleneck" + number + "_";
        int wide = expansion * Math.toIntExact(x.shape().get(3));
        Operand<TFloat32> y = layers.rectify(
                layers.normalisedConvolution(name + "conv0", name + "batchnorm0", x, 1, 1, wide, EPSILON));
        y = layers.rectify(
                layers.normalisedDepthwiseConvolution(name + "conv1", name + "batchnorm1", y, 3, stride, EPSILON));
        return layers.normalisedConvolution(name + "conv2", name + "batchnorm2", y, 1, 1, channels, EPSILON);
    }
}
