package io.karyoflow.trainer.export;

import io.karyoflow.common.message.Precision;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.network.ConstantWeights;
import io.karyoflow.trainer.network.Network;
import io.karyoflow.trainer.network.UsingLayers;
import io.karyoflow.trainer.network.WeightValues;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.training.Feeding;
import io.karyoflow.trainer.training.ImageInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A trained network as it will serve: weights constant, fp32, and averaged over orientations if it is to be. Holds native
 * memory; to be used by one thread, and closed.
 */
public final class StoredNetwork implements AutoCloseable {
    private final Graph graph;
    private final Session session;
    private final ImageInput images;
    private final Operand<TFloat32> logits;

    /**
     * @param averageOrientations as for {@link ExportModel}
     * @param parts that a batch is computed in, side by side
     */
    public StoredNetwork(
            Network network,
            Map<String, WeightValues> trained,
            boolean averageOrientations,
            int parts,
            Compute compute) {
        graph = new Graph();
        Ops tf = Ops.create(graph);
        images = new ImageInput(tf, network, parts);
        UsingLayers layers = new UsingLayers(tf, new ConstantWeights(tf, trained));
        List<Operand<TFloat32>> each = new ArrayList<>();
        for (Operand<TFloat32> seen : images.seen()) {
            each.add(
                    averageOrientations
                            ? Orientations.meanLogits(tf, network, layers, seen)
                            : network.outputs(layers, seen).logits());
        }
        logits = layers.together(each);
        session = new Session(graph, compute.configuration(Precision.FP32, parts));
    }

    /** @return [N][C] */
    public float[][] logits(Batch batch) {
        try (Feeding feeding = new Feeding(session)) {
            images.feed(feeding, batch);
            try (Result result = feeding.run(logits)) {
                return Arrays.copyOf(Feeding.rows(result.get(0)), batch.size());
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
