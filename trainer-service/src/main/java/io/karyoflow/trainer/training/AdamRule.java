package io.karyoflow.trainer.training;

import io.karyoflow.trainer.network.Variables;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Adam (Kingma and Ba, 2014). For a weight w with gradient g: m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w = w - a c m
 * / (sqrt(v) + epsilon) for the learning rate a, where c = sqrt(1 - b2^t) / (1 - b1^t) corrects for m and v having started
 * from zero.
 *
 * @param decay d
 * @param decoupled whether w loses a d w before the step (Loshchilov and Hutter, Decoupled Weight Decay Regularization,
 *     2017), or d w is part of the gradient
 */
record AdamRule(double decay, boolean decoupled) implements UpdateRule {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-7f;

    @Override
    public double correction(long step) {
        return Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    }

    @Override
    public Op update(
            Ops tf,
            Variable<TFloat32> weight,
            Operand<TFloat32> gradient,
            Operand<TFloat32> rate,
            Operand<TFloat32> correction,
            Variables memory) {
        String name = weight.op().name();
        Ops after = tf;
        if (decoupled && UpdateRule.decays(weight, decay)) {
            Operand<TFloat32> share = tf.math.mul(rate, tf.constant((float) decay));
            after = tf.withControlDependencies(List.of(tf.assignSub(weight, tf.math.mul(weight, share))));
        }
        // the correction is in the step size, so TensorFlow is told of powers that have long vanished
        Operand<TFloat32> vanished = tf.constant(0f);
        return after.train.applyAdam(
                weight,
                memory.add(name + ".m", weight.shape()),
                memory.add(name + ".v", weight.shape()),
                vanished,
                vanished,
                tf.math.mul(rate, correction),
                tf.constant((float) BETA1),
                tf.constant((float) BETA2),
                tf.constant(EPSILON),
                decoupled ? gradient : UpdateRule.withDecay(tf, weight, gradient, decay));
    }
}
