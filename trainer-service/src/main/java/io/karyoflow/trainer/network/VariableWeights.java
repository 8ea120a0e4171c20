package io.karyoflow.trainer.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Weights as variables of a graph. A weight's first value depends on seed and name alone, not on the order of layers. */
public final class VariableWeights implements Weights {
    private final Ops tf;
    private final long seed;
    private final Map<String, Variable<TFloat32>> learned = new LinkedHashMap<>();
    private final Map<String, Variable<TFloat32>> all = new LinkedHashMap<>();

    public VariableWeights(Ops tf, long seed) {
        this.tf = tf;
        this.seed = seed;
    }

    @Override
    public Operand<TFloat32> learned(String name, Shape shape, Initial initial) {
        return learned.computeIfAbsent(name, absent -> tracked(name, shape, initial));
    }

    @Override
    public Variable<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return all.computeIfAbsent(name, absent -> {
            float[] values = new float[Math.toIntExact(shape.size())];
            initial.fill(values, new Random(seed * 31 + name.hashCode()));
            return tf.withName(name).variable(tf.constant(shape, DataBuffers.of(values)));
        });
    }

    /** What the optimiser changes, in the order of the layers. */
    public List<Variable<TFloat32>> learned() {
        return List.copyOf(learned.values());
    }

    /** All that a trained network consists of, by name. */
    public Map<String, Variable<TFloat32>> all() {
        return Collections.unmodifiableMap(all);
    }
}
