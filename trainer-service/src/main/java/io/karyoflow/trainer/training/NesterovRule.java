package io.karyoflow.trainer.training;

import io.karyoflow.trainer.network.Variables;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.train.ApplyMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent with Nesterov momentum (Sutskever et al., On the Importance of Initialization and Momentum in
 * Deep Learning, 2013), in the form that PyTorch has, too: for a weight w with gradient g, decay included, v = mu v + g, w =
 * w - a (g + mu v).
 *
 * @param momentum mu
 * @param decay what is added to g, as a share of w
 */
record NesterovRule(double momentum, double decay) implements UpdateRule {

    /** There is nothing to correct. */
    @Override
    public double correction(long step) {
        return 1;
    }

    @Override
    public Op update(
            Ops tf,
            Variable<TFloat32> weight,
            Operand<TFloat32> gradient,
            Operand<TFloat32> rate,
            Operand<TFloat32> correction,
            Variables memory) {
        return tf.train.applyMomentum(
                weight,
                memory.add(weight.op().name() + ".v", weight.shape()),
                rate,
                UpdateRule.withDecay(tf, weight, gradient, decay),
                tf.constant((float) momentum),
                ApplyMomentum.useNesterov(true));
    }
}
