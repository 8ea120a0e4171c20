package io.karyoflow.trainer.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Writes down which weights a network asks for, so that a weights file can be checked before anything learns. */
public final class WeightCatalogue implements Weights {
    private final Ops tf;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Operand<TFloat32>> placeholders = new LinkedHashMap<>();
    private String part = Network.HEAD;

    private WeightCatalogue(Ops tf) {
        this.tf = tf;
    }

    /**
     * One weight.
     *
     * @param part of the network that it belongs to
     * @param shape for example [3, 3, in, out]
     */
    public record Entry(String part, long[] shape) {}

    /** All weights of a network by name, in the order of its layers. */
    public static Map<String, Entry> of(Network network) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            WeightCatalogue catalogue = new WeightCatalogue(tf);
            int side = network.inputSize();
            network.outputs(
                    new UsingLayers(tf, catalogue),
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, side, side, 3))));
            return Collections.unmodifiableMap(catalogue.entries);
        }
    }

    @Override
    public void part(String name) {
        part = name;
    }

    @Override
    public Operand<TFloat32> learned(String name, Shape shape, Initial initial) {
        return placeholders.computeIfAbsent(name, absent -> {
            entries.put(name, new Entry(part, shape.asArray()));
            return tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        });
    }

    @Override
    public Operand<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return learned(name, shape, initial);
    }
}
