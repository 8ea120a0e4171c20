package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.network.FormulaTensors;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.TensorLayout;
import io.karyoflow.trainer.network.WeightCatalogue;
import io.karyoflow.trainer.pretrained.WriteSafeTensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** All tensors of a network but its head's, as a weights file has them. */
final class Backbone {
    private Backbone() {}

    static Map<String, Tensor> of(Network network) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        WeightCatalogue.of(network).forEach((name, entry) -> {
            if (!entry.part().equals(Network.HEAD)) {
                String tensor = network.tensorNames().inFile(name);
                long[] shape = TensorLayout.shapeInFile(name, entry.shape());
                tensors.put(tensor, new Tensor(shape, FormulaTensors.values(tensor, shape)));
            }
        });
        return tensors;
    }
}
