package io.karyoflow.trainer.network;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Where layers get their weights from: variables that learn, or constants that have learned. */
public interface Weights {
    /** Weights that are asked for from here on belong to this part of the network. */
    default void part(String name) {}

    /** A weight that the optimiser changes. The same name gives the same weight. */
    Operand<TFloat32> learned(String name, Shape shape, Initial initial);

    /** A moving average, which no gradient changes. */
    Operand<TFloat32> tracked(String name, Shape shape, Initial initial);
}
