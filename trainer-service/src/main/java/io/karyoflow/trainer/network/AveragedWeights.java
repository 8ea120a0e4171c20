package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * Exponential moving averages of all weights, statistics of batch normalisation among them (Polyak and Juditsky, 1992;
 * Tarvainen and Valpola, 2017): at each step average = keep average + (1 - keep) weight.
 */
public final class AveragedWeights implements Weights {
    private final Variables averages;
    private final Map<String, Variable<TFloat32>> byName;
    private final Map<String, Variable<TFloat32>> followed;

    /** @param followed variables to be averaged */
    public AveragedWeights(Ops tf, Variables followed) {
        this.averages = new Variables(tf);
        this.followed = followed.all();
        this.followed.forEach((name, weight) -> averages.add(name, weight.shape()));
        this.byName = averages.all();
    }

    /** What a training step must run once its weights have changed. @param keep a scalar, 0 to below 1 */
    public List<Op> updates(Ops tf, Operand<TFloat32> keep) {
        List<Op> updates = new ArrayList<>();
        byName.forEach((name, average) -> {
            Operand<TFloat32> distance = tf.math.sub(average, followed.get(name));
            updates.add(tf.assignSub(average, tf.math.mul(distance, tf.math.sub(tf.constant(1f), keep))));
        });
        return updates;
    }

    /** Lets averages start from the weights as they are. */
    public void initialise(Session session, Variables weights) {
        averages.assign(session, weights.values(session));
    }

    public Variables all() {
        return averages;
    }

    @Override
    public Operand<TFloat32> learned(String name, Shape shape, Initial initial) {
        Variable<TFloat32> average = byName.get(name);
        if (average == null) {
            throw new IllegalArgumentException("the weight " + name + " is not averaged");
        }
        return average;
    }

    @Override
    public Operand<TFloat32> tracked(String name, Shape shape, Initial initial) {
        return learned(name, shape, initial);
    }
}
