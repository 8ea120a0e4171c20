package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * ResNet-50 version 2 (He et al., Identity Mappings in Deep Residual Networks, 2016): normalised and rectified before each
 * convolution, so that nothing stands in the shortcuts' way. Layers and tensors are called as in the ONNX model zoo's
 * resnet50-v2, which came from Gluon.
 *
 * @param inputSize s, side of the square input in pixels; s/32 is meant to be rounded up
 * @param stages 2 to 4 that are used, see {@link ResNet50}
 * @param classes C, at least 2
 */
public record ResNet50V2(int inputSize, int stages, int classes) implements Network {
    private static final String PREFIX = "resnetv24_";
    private static final float EPSILON = 1e-5f;

    @Override
    public Architecture architecture() {
        return Architecture.RESNET50V2;
    }

    @Override
    public Network published() {
        return new ResNet50V2(inputSize, 4, classes);
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
        // Stem: edges and stain. [N, s, s, 3] -> [N, s/4, s/4, 64]
        layers.part("stem");
        Operand<TFloat32> x = layers.standardise(PREFIX + "batchnorm0", input, EPSILON);
        x = convolved(layers, "conv0", "batchnorm1", x, 7, 2, 64);
        x = layers.halveOverlapping(x);

        // Stage 1: three blocks. -> [N, s/4, s/4, 256]
        x = stage(layers, "stage1", x, 3, 64, 1);

        // Stage 2: four blocks. -> [N, s/8, s/8, 512]
        x = stage(layers, "stage2", x, 4, 128, 2);

        // Stage 3: six blocks. -> [N, s/16, s/16, 1024]
        if (stages >= 3) {
            x = stage(layers, "stage3", x, 6, 256, 2);
        }

        // Stage 4: three blocks. -> [N, s/32, s/32, 2048]
        if (stages == 4) {
            x = stage(layers, "stage4", x, 3, 512, 2);
        }

        // What rectifies the last stage, as published or as the next would begin
        return rectified(layers, stages == 4 ? "batchnorm2" : "stage" + (stages + 1) + "_batchnorm0", x);
    }

    /**
     * What was seen anywhere: [N, 2048]. Where stages are left out, so that positions see less of what is around them, also
     * what was seen in the middle, where the nucleus is that has the label: of three stages [N, 2048], of two [N, 1024].
     */
    @Override
    public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        return stages == 4 ? layers.average(activations) : layers.averages(activations);
    }

    @Override
    public Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
        Operand<TFloat32> x = stages == 4 ? features : layers.normaliseFeatures(PREFIX + "head", features, EPSILON);
        return layers.scores(PREFIX + "dense0", layers.dropout(x), classes);
    }

    /** Blocks of one resolution; the first brings it there. Gluon numbers the shortcut's convolution as the fourth. */
    private static Operand<TFloat32> stage(
            Layers layers, String name, Operand<TFloat32> x, int blocks, int width, int stride) {
        layers.part(name);
        Operand<TFloat32> rectified = rectified(layers, name + "_batchnorm0", x);
        Operand<TFloat32> projection = layers.convolution(PREFIX + name + "_conv3", rectified, 1, stride, 4 * width);
        x = layers.sum(bottleneck(layers, name, rectified, 0, 0, width, stride), projection);
        for (int block = 1; block < blocks; block++) {
            rectified = rectified(layers, name + "_batchnorm" + 3 * block, x);
            x = layers.sum(bottleneck(layers, name, rectified, 3 * block + 1, 3 * block, width, 1), x);
        }
        return x;
    }

    /** What a block adds to its shortcut: three convolutions, the middle one of a quarter of the channels. */
    private static Operand<TFloat32> bottleneck(
            Layers layers, String stage, Operand<TFloat32> x, int convolution, int norm, int width, int stride) {
        Operand<TFloat32> y =
                convolved(layers, stage + "_conv" + convolution, stage + "_batchnorm" + (norm + 1), x, 1, 1, width);
        y = convolved(
                layers, stage + "_conv" + (convolution + 1), stage + "_batchnorm" + (norm + 2), y, 3, stride, width);
        return layers.convolution(PREFIX + stage + "_conv" + (convolution + 2), y, 1, 1, 4 * width);
    }

    /** Convolution, then what normalises and rectifies before the next. */
    private static Operand<TFloat32> convolved(
            Layers layers, String name, String norm, Operand<TFloat32> x, int kernel, int stride, int channels) {
        return layers.rectify(
                layers.normalisedConvolution(PREFIX + name, PREFIX + norm, x, kernel, stride, channels, EPSILON));
    }

    private static Operand<TFloat32> rectified(Layers layers, String norm, Operand<TFloat32> x) {
        return layers.rectify(layers.normalise(PREFIX + norm, x, EPSILON));
    }
}
