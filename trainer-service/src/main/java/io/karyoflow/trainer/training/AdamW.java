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
 * Adam (Kingma and Ba, 2014) with decoupled weight decay (Loshchilov and Hutter, Decoupled Weight Decay Regularization,
 * 2017). For a weight w with gradient g: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w = w - a d w, then w = w - a_t m
 * / (sqrt(v) + epsilon), where a_t corrects the learning rate a for m and v having started from zero. Only filters and
 * matrices decay: d is 0 for biases, scales and shifts.
 */
final class AdamW {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-7f;

    private AdamW() {}

    /**
     * Weights that learn at one rate.
     *
     * @param stepSize a_t, a scalar
     */
    record Group(List<Variable<TFloat32>> weights, Operand<TFloat32> stepSize) {}

    /**
     * a_t = a sqrt(1 - b2^t) / (1 - b1^t).
     *
     * @param step t, from 1
     */
    static double stepSize(double learningRate, long step) {
        return learningRate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    }

    /** a d / a_t, so that one number, times each group's a_t, is what weights of that group lose. */
    static double decayOfStepSize(double weightDecay, long step) {
        return weightDecay / stepSize(1, step);
    }

    /** @param decayOfStepSize a scalar; null where no weight decays */
    static List<Op> updates(Ops tf, Operand<TFloat32> loss, List<Group> groups, Operand<TFloat32> decayOfStepSize) {
        List<Variable<TFloat32>> weights =
                groups.stream().flatMap(group -> group.weights().stream()).toList();
        Gradients gradients = tf.gradients(loss, weights);
        // a weight is changed in place, so not before every gradient that is computed from it is there
        Ops after = tf.withControlDependencies(List.copyOf(gradients.dy()));
        // the correction is in the step size, so TensorFlow is told of powers that have long vanished
        Operand<TFloat32> vanished = tf.constant(0f);
        List<Op> updates = new ArrayList<>();
        for (Group group : groups) {
            for (Variable<TFloat32> weight : group.weights()) {
                boolean decays = decayOfStepSize != null && weight.shape().numDimensions() > 1;
                Ops next = decays
                        ? tf.withControlDependencies(List.of(decay(after, weight, group.stepSize(), decayOfStepSize)))
                        : after;
                updates.add(next.train.applyAdam(
                        weight,
                        average(tf, weight),
                        average(tf, weight),
                        vanished,
                        vanished,
                        group.stepSize(),
                        tf.constant((float) BETA1),
                        tf.constant((float) BETA2),
                        tf.constant(EPSILON),
                        gradients.dy(updates.size())));
            }
        }
        return updates;
    }

    private static Op decay(
            Ops tf, Variable<TFloat32> weight, Operand<TFloat32> stepSize, Operand<TFloat32> decayOfStepSize) {
        return tf.assignSub(weight, tf.math.mul(weight, tf.math.mul(stepSize, decayOfStepSize)));
    }

    private static Variable<TFloat32> average(Ops tf, Variable<TFloat32> weight) {
        return tf.variable(tf.zeros(tf.constant(weight.shape()), TFloat32.class));
    }
}
