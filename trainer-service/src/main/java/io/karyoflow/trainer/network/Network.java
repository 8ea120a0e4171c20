package io.karyoflow.trainer.network;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.StainNormalisation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A network to be trained. It is described, not built: the same description builds the graph that learns and the one that
 * serves. Its weights are in parts, which it names with {@link Layers#part} from the input on; the last is {@link #HEAD}.
 */
public interface Network {
    /** The last part of every network: what turns features into scores of these classes. */
    String HEAD = "head";

    /** What a study calls the network. */
    Architecture architecture();

    /** What files of pretrained weights are of: this network, or, where it leaves out the last of a known one, that. */
    default Network published() {
        return this;
    }

    /** Side of the square input, in pixels. */
    int inputSize();

    /** C, at least 2. */
    int classes();

    /** How an image becomes the input that this network's weights expect. */
    Preprocessing preprocessing();

    /** What the network's tensors are called in a weights file. */
    TensorNames tensorNames();

    /**
     * All but the last step: what the deepest convolutions see where.
     *
     * @param input [N, inputSize, inputSize, 3], as {@link #preprocessing} makes it
     * @return [N, a, b, K], see {@link NetworkOutputs#activations()}
     */
    Operand<TFloat32> activations(Layers layers, Operand<TFloat32> input);

    /** What the head is given of the activations: [N, F]. There is nothing to learn in this step. */
    Operand<TFloat32> features(Layers layers, Operand<TFloat32> activations);

    /** From features to logits: [N, C]. Its weights are those of the part {@link #HEAD}. */
    Operand<TFloat32> head(Layers layers, Operand<TFloat32> features);

    /** From the input to all outputs; parameters as in {@link #activations}. */
    default NetworkOutputs outputs(Layers layers, Operand<TFloat32> input) {
        return outputs(layers, List.of(input));
    }

    /**
     * The same of a batch in parts, which until the head know nothing of each other.
     *
     * @param inputs as for {@link #activations}, at least one
     */
    default NetworkOutputs outputs(Layers layers, List<Operand<TFloat32>> inputs) {
        List<Operand<TFloat32>> activations = new ArrayList<>();
        List<Operand<TFloat32>> features = new ArrayList<>();
        for (Operand<TFloat32> input : inputs) {
            activations.add(activations(layers, input));
            features.add(features(layers, activations.get(activations.size() - 1)));
        }
        layers.part(HEAD);
        Operand<TFloat32> together = layers.together(features);
        return new NetworkOutputs(layers.together(activations), together, head(layers, together));
    }

    /** The network that a trial asks for. */
    static Network of(Architecture architecture, Hyperparameters hyperparameters, int classes) {
        int inputSize = hyperparameters.inputSize();
        Network network =
                switch (architecture) {
                    case CONVNET ->
                        new ConvNet(
                                inputSize,
                                hyperparameters.width(),
                                hyperparameters.kernel(),
                                hyperparameters.normalisation(),
                                classes);
                    case RESNET50 -> new ResNet50(inputSize, hyperparameters.stages(), classes);
                    case RESNET50V2 -> new ResNet50V2(inputSize, hyperparameters.stages(), classes);
                    case MOBILENETV2 -> new MobileNetV2(inputSize, classes);
                };
        return hyperparameters.stainNormalisation() == StainNormalisation.NONE
                ? network
                : new StainNormalised(network, hyperparameters.stainNormalisation());
    }
}
