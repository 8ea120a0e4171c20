package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Variables of one graph by name, which can be read and set from outside. Values come in through placeholders: as constants
 * of the graph TensorFlow would copy them several times.
 */
public final class Variables {
    private final Ops tf;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assignment) {}

    public Variables(Ops tf) {
        this.tf = tf;
    }

    /** A new variable. It has no value until {@link #assign}. */
    public Variable<TFloat32> add(String name, Shape shape) {
        Variable<TFloat32> variable = tf.withName(name).variable(shape, TFloat32.class);
        Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
        if (entries.put(name, new Entry(variable, value, tf.assign(variable, value))) != null) {
            throw new IllegalArgumentException("there is a variable " + name + " already");
        }
        return variable;
    }

    /** In the order in which they were added. */
    public Map<String, Variable<TFloat32>> all() {
        Map<String, Variable<TFloat32>> all = new LinkedHashMap<>();
        entries.forEach((name, entry) -> all.put(name, entry.variable()));
        return Collections.unmodifiableMap(all);
    }

    /** Their values now, in the same order. */
    public Map<String, WeightValues> values(Session session) {
        Map<String, WeightValues> values = new LinkedHashMap<>();
        if (entries.isEmpty()) {
            return values;
        }
        // all in one run: TensorFlow prepares the graph anew for each set of tensors that it is asked for
        Session.Runner runner = session.runner();
        entries.values().forEach(entry -> runner.fetch(entry.variable()));
        try (Result result = runner.run()) {
            for (String name : entries.keySet()) {
                Tensor tensor = result.get(values.size());
                float[] numbers = new float[Math.toIntExact(tensor.shape().size())];
                tensor.asRawTensor().data().asFloats().read(numbers);
                values.put(name, new WeightValues(tensor.shape().asArray(), numbers));
            }
        }
        return values;
    }

    /** @throws IllegalArgumentException if {@code values} are not exactly of these variables, in name and shape */
    public void check(Map<String, WeightValues> values) {
        if (!values.keySet().equals(entries.keySet())) {
            throw new IllegalArgumentException(
                    "the values are of " + values.keySet() + " and the variables are " + entries.keySet());
        }
        entries.forEach((name, entry) -> {
            if (!Arrays.equals(
                    values.get(name).shape(), entry.variable().shape().asArray())) {
                throw new IllegalArgumentException("the values of " + name + " have the shape "
                        + Arrays.toString(values.get(name).shape()) + " instead of "
                        + entry.variable().shape());
            }
        });
    }

    /** @throws IllegalArgumentException as {@link #check} does; then nothing has changed */
    public void assign(Session session, Map<String, WeightValues> values) {
        check(values);
        if (entries.isEmpty()) {
            return;
        }
        List<TFloat32> fed = new ArrayList<>();
        Session.Runner runner = session.runner();
        try {
            entries.forEach((name, entry) -> {
                TFloat32 tensor = TFloat32.tensorOf(
                        entry.value().shape(), DataBuffers.of(values.get(name).values()));
                fed.add(tensor);
                runner.feed(entry.value(), tensor).addTarget(entry.assignment());
            });
            runner.run().close();
        } finally {
            fed.forEach(TFloat32::close);
        }
    }
}
