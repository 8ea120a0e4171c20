package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.trainer.network.Variables;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/** How one weight follows its gradient. */
interface UpdateRule {
    /**
     * @param rate what the learning rate comes to in this step: a scalar, 0 for a weight that stays as it is
     * @param memory takes what the rule remembers of the weight from step to step; it starts from zero
     */
    Op update(
            Ops tf,
            Variable<TFloat32> weight,
            Operand<TFloat32> gradient,
            Operand<TFloat32> rate,
            Operand<TFloat32> correction,
            Variables memory);

    /** What {@link #update} is given as correction in step t, from 1. */
    double correction(long step);

    static UpdateRule of(Hyperparameters hyperparameters) {
        double decay = hyperparameters.weightDecay();
        return switch (hyperparameters.optimiser()) {
            case ADAMW -> new AdamRule(decay, true);
            case ADAM -> new AdamRule(decay, false);
            case SGD -> new NesterovRule(hyperparameters.momentum(), decay);
        };
    }

    /** Only filters and matrices decay: not biases, scales and shifts. */
    static boolean decays(Variable<TFloat32> weight, double decay) {
        return decay > 0 && weight.shape().numDimensions() > 1;
    }

    /** The gradient of the loss with decay / 2 times the weight's squared norm added to it. */
    static Operand<TFloat32> withDecay(Ops tf, Variable<TFloat32> weight, Operand<TFloat32> gradient, double decay) {
        return decays(weight, decay)
                ? tf.math.add(gradient, tf.math.mul(weight, tf.constant((float) decay)))
                : gradient;
    }
}
