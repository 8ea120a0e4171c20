package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * ResNet-50 (He et al., Deep Residual Learning for Image Recognition, 2015) in its version 1.5, which halves the
 * resolution in a block's 3x3 convolution. Layers and tensors are called as torchvision calls them.
 *
 * @param inputSize s, side of the square input in pixels; s/32 is meant to be rounded up
 * @param stages 2 to 4 that are used: the last ones know most of photographs and least of tissue (Lu et al.,
 *     Data-efficient and weakly supervised computational pathology on whole-slide images, 2021, use three)
 * @param classes C, at least 2
 */
public record ResNet50(int inputSize, int stages, int classes) implements Network {
    private static final float EPSILON = 1e-5f;

    @Override
    public Architecture architecture() {
        return Architecture.RESNET50;
    }

    @Override
    public Network published() {
        return new ResNet50(inputSize, 4, classes);
    }

    @Override
    public Preprocessing preprocessing() {
        return Preprocessing.imageNet(inputSize);
    }

    @Override
    public TensorNames tensorNames() {
        return TensorNames.TORCHVISION;
    }

    @Override
    public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        // Stem: edges and stain. [N, s, s, 3] -> [N, s/4, s/4, 64]
        layers.part("stem");
        Operand<TFloat32> x = layers.rectify(layers.normalisedConvolution("conv1", "bn1", input, 7, 2, 64, EPSILON));
        x = layers.halveOverlapping(x);

        // Stage 1: three blocks. -> [N, s/4, s/4, 256]
        x = stage(layers, "layer1", x, 3, 64, 1);

        // Stage 2: four blocks. -> [N, s/8, s/8, 512]
        x = stage(layers, "layer2", x, 4, 128, 2);

        // Stage 3: six blocks. -> [N, s/16, s/16, 1024]
        if (stages >= 3) {
            x = stage(layers, "layer3", x, 6, 256, 2);
        }

        // Stage 4: three blocks. -> [N, s/32, s/32, 2048]
        return stages == 4 ? stage(layers, "layer4", x, 3, 512, 2) : x;
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
        Operand<TFloat32> x = stages == 4 ? features : layers.normaliseFeatures("head", features, EPSILON);
        return layers.scores("fc", layers.dropout(x), classes);
    }

    /** Blocks of one resolution; the first brings it there. */
    private static Operand<TFloat32> stage(
            Layers layers, String name, Operand<TFloat32> x, int blocks, int width, int stride) {
        layers.part(name);
        x = block(
                layers,
                name + ".0",
                x,
                projection(layers, name + ".0.downsample", x, 4 * width, stride),
                width,
                stride);
        for (int number = 1; number < blocks; number++) {
            x = block(layers, name + "." + number, x, x, width, 1);
        }
        return x;
    }

    /** The shortcut into a stage: brings resolution and channels to those of the stage. */
    private static Operand<TFloat32> projection(
            Layers layers, String name, Operand<TFloat32> x, int channels, int stride) {
        return layers.normalisedConvolution(name + ".0", name + ".1", x, 1, stride, channels, EPSILON);
    }

    /** A bottleneck of a quarter of the channels, added to its shortcut: only the difference is learned. */
    private static Operand<TFloat32> block(
            Layers layers, String name, Operand<TFloat32> x, Operand<TFloat32> shortcut, int width, int stride) {
        Operand<TFloat32> y = layers.rectify(normalised(layers, name, 1, x, 1, 1, width));
        y = layers.rectify(normalised(layers, name, 2, y, 3, stride, width));
        y = normalised(layers, name, 3, y, 1, 1, 4 * width);
        return layers.rectify(layers.sum(y, shortcut));
    }

    private static Operand<TFloat32> normalised(
            Layers layers, String block, int number, Operand<TFloat32> x, int kernel, int stride, int channels) {
        return layers.normalisedConvolution(
                block + ".conv" + number, block + ".bn" + number, x, kernel, stride, channels, EPSILON);
    }
}
