package io.karyoflow.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, 2014). For a weight w with gradient g: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2,
 * w = w - a_t m / (sqrt(v) + epsilon), where a_t corrects the learning rate a for m and v having started from zero.
 */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-7f;

    private Adam() {}

    /**
     * a_t = a sqrt(1 - b2^t) / (1 - b1^t).
     *
     * @param step t, from 1
     */
    static double stepSize(double learningRate, long step) {
        return learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    }

    /** @param stepSize a_t, a scalar */
    static List<Op> updates(
            Ops tf, Operand<TFloat32> loss, List<Variable<TFloat32>> weights, Operand<TFloat32> stepSize) {
        Gradients gradients = tf.gradients(loss, weights);
        // a weight is changed in place, so not before every gradient that is computed from it is there
        Ops after = tf.withControlDependencies(List.copyOf(gradients.dy()));
        // the correction is in the step size, so TensorFlow is told of powers that have long vanished
        Operand<TFloat32> vanished = tf.constant(0f);
        List<Op> updates = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            Variable<TFloat32> weight = weights.get(i);
            updates.add(after.train.applyAdam(
                    weight,
                    average(tf, weight),
                    average(tf, weight),
                    vanished,
                    vanished,
                    stepSize,
                    tf.constant((float) BETA1),
                    tf.constant((float) BETA2),
                    tf.constant(EPSILON),
                    gradients.dy(i)));
        }
        return updates;
    }

    private static Variable<TFloat32> average(Ops tf, Variable<TFloat32> weight) {
        return tf.variable(tf.zeros(tf.constant(weight.shape()), TFloat32.class));
    }
}
