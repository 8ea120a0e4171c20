package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network that looks at the middle of its input alone, where the nucleus is that has the label. The input is all of the
 * image all the same, so that what is said of where something was seen holds for the image: outside of the middle, nothing.
 *
 * @param network whose input is the middle
 * @param inputSize s, side of the square input in pixels; what it has more than that of the network is a multiple of twice
 *     the network's stride
 */
record CentralView(Network network, int inputSize) implements SeenOtherwise {

    /**
     * How much of its input a network sees of a share of it.
     *
     * @param share of the side, above 0, to 1
     * @return side of the middle in pixels: the smallest that has at least this share and around it whole positions of the
     *     activations
     */
    static int side(Network network, double share) {
        int around = (int) ((1 - share) * network.inputSize() / 2);
        return network.inputSize() - 2 * (around - around % network.stride());
    }

    @Override
    public Preprocessing preprocessing() {
        return network.preprocessing().toSize(inputSize);
    }

    @Override
    public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        return layers.surrounded(network.activations(layers, layers.middle(input, network.inputSize())), border());
    }

    @Override
    public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        long side = activations.shape().get(1) - 2L * border();
        return network.features(layers, layers.middle(activations, Math.toIntExact(side)));
    }

    /** Positions of the activations on each side. */
    private int border() {
        return (inputSize - network.inputSize()) / 2 / stride();
    }
}
