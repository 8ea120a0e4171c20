package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A network that sees something else of an image than it would by itself. */
interface SeenOtherwise extends Network {
    /** What it is in all else. */
    Network network();

    @Override
    default Architecture architecture() {
        return network().architecture();
    }

    @Override
    default Network published() {
        return network().published();
    }

    @Override
    default int inputSize() {
        return network().inputSize();
    }

    @Override
    default int stride() {
        return network().stride();
    }

    @Override
    default int classes() {
        return network().classes();
    }

    @Override
    default Preprocessing preprocessing() {
        return network().preprocessing();
    }

    @Override
    default TensorNames tensorNames() {
        return network().tensorNames();
    }

    @Override
    default Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input) {
        return network().activations(layers, input);
    }

    @Override
    default Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations) {
        return network().features(layers, activations);
    }

    @Override
    default Operand<TFloat32> head(Layers layers, Operand<TFloat32> features) {
        return network().head(layers, features);
    }
}
