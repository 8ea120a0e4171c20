package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Weights as variables of a graph. A weight that is not given its first value has one that depends on seed and name alone,
 * not on the order of layers.
 */
public final class VariableWeights implements Weights {
    private final Ops tf;
    private final long seed;
    private final Map<String, WeightValues> start;
    private final Map<String, Variable<TFloat32>> learned = new LinkedHashMap<>();
    private final Map<String, List<Variable<TFloat32>>> learnedByPart = new LinkedHashMap<>();
    private final Map<String, Variable<TFloat32>> all = new LinkedHashMap<>();
    private final List<FirstValue> firstValues = new ArrayList<>();
    private String part = Network.HEAD;

    /** @param start first values of some weights or of none; their shapes must be the network's */
    public VariableWeights(Ops tf, long seed, Map<String, WeightValues> start) {
        this.tf = tf;
        this.seed = seed;
        this.start = start;
    }

    @Override
    public void part(String name) {
        part = name;
    }

    @Override
    public Operand<TFloat32> learned(String name, Shape shape, Initial initial) {
        return learned.computeIfAbsent(name, absent -> {
            Variable<TFloat32> weight = tracked(name, shape, initial);
            learnedByPart.computeIfAbsent(part, first -> new ArrayList<>()).add(weight);
            return weight;
        });
    }

    @Override
    public Variable<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return all.computeIfAbsent(name, absent -> {
            Variable<TFloat32> weight = tf.withName(name).variable(shape, TFloat32.class);
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            firstValues.add(new FirstValue(name, initial, value, tf.assign(weight, value)));
            return weight;
        });
    }

    /**
     * Gives all weights their first values. They come from outside the graph: within it TensorFlow would copy them several
     * times.
     */
    public void initialise(Session session) {
        List<TFloat32> fed = new ArrayList<>();
        Session.Runner runner = session.runner();
        try {
            for (FirstValue first : firstValues) {
                Shape shape = first.value().shape();
                WeightValues given = start.get(first.name());
                float[] values = given == null ? random(first.name(), shape, first.initial()) : given.values();
                TFloat32 tensor = TFloat32.tensorOf(shape, DataBuffers.of(values));
                fed.add(tensor);
                runner.feed(first.value(), tensor).addTarget(first.assignment());
            }
            runner.run().close();
        } finally {
            fed.forEach(TFloat32::close);
        }
    }

    private record FirstValue(String name, Initial initial, Placeholder<TFloat32> value, Op assignment) {}

    /** What an optimiser may change, in the order of the layers, by the network's parts. */
    public Map<String, List<Variable<TFloat32>>> learnedByPart() {
        return Collections.unmodifiableMap(learnedByPart);
    }

    /** All that a trained network consists of, by name. */
    public Map<String, Variable<TFloat32>> all() {
        return Collections.unmodifiableMap(all);
    }

    private float[] random(String name, Shape shape, Initial initial) {
        float[] values = new float[Math.toIntExact(shape.size())];
        initial.fill(values, new Random(seed * 31 + name.hashCode()));
        return values;
    }
}
