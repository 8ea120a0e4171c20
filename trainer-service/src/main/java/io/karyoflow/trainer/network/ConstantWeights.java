package io.karyoflow.trainer.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Trained weights as constants of a graph, which lets TensorFlow fold what follows from them alone. */
public final class ConstantWeights implements Weights {
    private final Ops tf;
    private final Map<String, WeightValues> values;
    private final Map<String, Operand<TFloat32>> constants = new HashMap<>();

    public ConstantWeights(Ops tf, Map<String, WeightValues> values) {
        this.tf = tf;
        this.values = values;
    }

    /** @throws IllegalArgumentException if there is no such weight, or it has another shape */
    @Override
    public Operand<TFloat32> learned(String name, Shape shape, Initial initial) {
        return constants.computeIfAbsent(name, absent -> {
            WeightValues trained = values.get(name);
            if (trained == null || !Arrays.equals(trained.shape(), shape.asArray())) {
                throw new IllegalArgumentException("these weights are not of this network: " + name + " should be "
                        + shape + (trained == null ? ", is missing" : ", is " + Arrays.toString(trained.shape())));
            }
            return tf.withName(name).constant(shape, DataBuffers.of(trained.values()));
        });
    }

    @Override
    public Operand<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return learned(name, shape, initial);
    }
}
