package io.karyoflow.trainer.training;

import io.karyoflow.trainer.network.Variables;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * One step of learning: all gradients, shortened if they are too long together, then each weight by its rule.
 *
 * @param rule how each weight follows
 * @param clipping highest norm of all gradients together (Pascanu et al., 2013), of weights that learn in this step; 0 for
 *     any
 */
record WeightUpdates(UpdateRule rule, double clipping) {

    /**
     * Weights that learn at one rate.
     *
     * @param rate a scalar
     */
    record Group(List<Variable<TFloat32>> weights, Operand<TFloat32> rate) {}

    /**
     * @param loss a scalar
     * @param correction of {@link UpdateRule#correction}, a scalar
     * @param memory takes what the rule remembers
     * @return what a step must run
     */
    List<Op> of(Ops tf, Operand<TFloat32> loss, List<Group> groups, Operand<TFloat32> correction, Variables memory) {
        List<Variable<TFloat32>> weights =
                groups.stream().flatMap(group -> group.weights().stream()).toList();
        List<Operand<TFloat32>> gradients = clipped(tf, gradients(tf, loss, weights), groups);
        // a weight is changed in place, so not before every gradient that is computed from it is there
        Ops after = tf.withControlDependencies(List.copyOf(gradients));
        List<Op> updates = new ArrayList<>();
        for (Group group : groups) {
            for (Variable<TFloat32> weight : group.weights()) {
                updates.add(
                        rule.update(after, weight, gradients.get(updates.size()), group.rate(), correction, memory));
            }
        }
        return updates;
    }

    private static List<Operand<TFloat32>> gradients(Ops tf, Operand<TFloat32> loss, List<Variable<TFloat32>> weights) {
        Gradients all = tf.gradients(loss, weights);
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        for (int weight = 0; weight < weights.size(); weight++) {
            gradients.add(all.dy(weight));
        }
        return gradients;
    }

    private List<Operand<TFloat32>> clipped(Ops tf, List<Operand<TFloat32>> gradients, List<Group> groups) {
        if (clipping == 0) {
            return gradients;
        }
        List<Operand<TFloat32>> halvesOfSquares = new ArrayList<>();
        for (Group group : groups) {
            Operand<TFloat32> learns = tf.math.sign(group.rate()); // 1, or 0 where the rate is 0
            for (int weight = 0; weight < group.weights().size(); weight++) {
                Operand<TFloat32> gradient = gradients.get(halvesOfSquares.size());
                halvesOfSquares.add(tf.math.mul(tf.nn.l2Loss(gradient), learns));
            }
        }
        Operand<TFloat32> norm = tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(halvesOfSquares)));
        Operand<TFloat32> limit = tf.constant((float) clipping);
        Operand<TFloat32> factor = tf.math.div(limit, tf.math.maximum(norm, limit));
        return gradients.stream()
                .<Operand<TFloat32>>map(gradient -> tf.math.mul(gradient, factor))
                .toList();
    }
}
