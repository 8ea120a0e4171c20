package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.StainNormalisation;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A network that sees images whose stains were normalised first. */
record StainNormalised(Network network, StainNormalisation normalisation) implements Network {

    @Override
    public Architecture architecture() {
        return network.architecture();
    }

    @Override
    public Network published() {
        return network.published();
    }

    @Override
    public int inputSize() {
        return network.inputSize();
    }

    @Override
    public int classes() {
        return network.classes();
    }

    @Override
    public Preprocessing preprocessing() {
        return network.preprocessing().after(normalisation);
    }

    @Override
    public TensorNames tensorNames() {
        return network.tensorNames();
    }

    @Override
    public Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        return network.activations(layers, input);
    }

    @Override
    public Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        return network.features(layers, activations);
    }

    @Override
    public Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
        return network.head(layers, features);
    }
}
