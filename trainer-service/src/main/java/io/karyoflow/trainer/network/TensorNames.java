package io.karyoflow.trainer.network;

import java.util.List;

/** How those who publish weights call a layer's tensors: this code's name of the layer, and a suffix of theirs. */
public enum TensorNames {
    /** this code's own, of which no family of weights is published */
    OWN(
            Layers.FILTER,
            Layers.DEPTHWISE_FILTER,
            Layers.MATRIX,
            Layers.BIAS,
            Layers.SCALE,
            Layers.SHIFT,
            Layers.MEAN,
            Layers.VARIANCE),
    TORCHVISION(".weight", ".weight", ".weight", ".bias", ".weight", ".bias", ".running_mean", ".running_var"),
    GLUON("_weight", "_weight", "_weight", "_bias", "_gamma", "_beta", "_running_mean", "_running_var");

    /** torchvision's files count the batches that a layer has learned from; no network needs to know. */
    private static final String COUNTER = ".num_batches_tracked";

    private final List<String> suffixes;

    /** @param suffixes in the order of {@link #OWN} */
    TensorNames(String... suffixes) {
        this.suffixes = List.of(suffixes);
    }

    /** @param weight a name that {@link Layers} made, for example {@code layer1.0.bn1.mean} */
    public String inFile(String weight) {
        int dot = weight.lastIndexOf('.');
        return weight.substring(0, dot) + suffixes.get(OWN.suffixes.indexOf(weight.substring(dot)));
    }

    /** Whether a file may have this tensor though no network uses it. */
    public boolean isBookkeeping(String tensor) {
        return tensor.endsWith(COUNTER);
    }
}
