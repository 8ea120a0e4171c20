package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** Weights as variables of a graph. */
public final class VariableWeights implements Weights {
    private final Variables variables;
    private final Map<String, Variable<TFloat32>> byName = new LinkedHashMap<>();
    private final Map<String, Initial> initials = new LinkedHashMap<>();
    private final Map<String, List<Variable<TFloat32>>> learnedByPart = new LinkedHashMap<>();
    private String part = Network.HEAD;

    public VariableWeights(Ops tf) {
        this.variables = new Variables(tf);
    }

    @Override
    public void part(String name) {
        part = name;
    }

    @Override
    public Variable<TFloat32> learned(String name, Shape shape, Initial initial) {
        boolean isNew = !byName.containsKey(name);
        Variable<TFloat32> weight = tracked(name, shape, initial);
        if (isNew) {
            learnedByPart.computeIfAbsent(part, first -> new ArrayList<>()).add(weight);
        }
        return weight;
    }

    @Override
    public Variable<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return byName.computeIfAbsent(name, absent -> {
            initials.put(name, initial);
            return variables.add(name, shape);
        });
    }

    /**
     * Gives all weights their first values.
     *
     * @param start those of some weights or of none; shapes must be the network's
     * @param seed of all others, whose values depend on it and on their name alone, not on the order of layers
     */
    public void initialise(Session session, Map<String, WeightValues> start, long seed) {
        Map<String, WeightValues> first = new LinkedHashMap<>();
        byName.forEach((name, weight) -> {
            WeightValues given = start.get(name);
            first.put(name, given == null ? random(name, weight.shape(), seed) : given);
        });
        variables.assign(session, first);
    }

    /** What an optimiser may change, in the order of the layers, by the network's parts. */
    public Map<String, List<Variable<TFloat32>>> learnedByPart() {
        return Collections.unmodifiableMap(learnedByPart);
    }

    /** All that a trained network consists of, by name. */
    public Variables all() {
        return variables;
    }

    private WeightValues random(String name, Shape shape, long seed) {
        float[] values = new float[Math.toIntExact(shape.size())];
        initials.get(name).fill(values, new Random(seed * 31 + name.hashCode()));
        return new WeightValues(shape.asArray(), values);
    }
}
