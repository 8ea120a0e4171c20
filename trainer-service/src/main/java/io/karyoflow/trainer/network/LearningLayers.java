package io.karyoflow.trainer.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Layers while learning: each batch is normalised by its own statistics, and units are dropped at random. A batch may come
 * in parts, each of which is then normalised by itself (Hoffer, Hubara and Soudry, Train longer, generalize better, 2017:
 * ghost batch normalisation).
 */
public final class LearningLayers extends Layers {
    /** Share of the old value that a moving average keeps at each step; short, since trials are short. */
    private static final float MOMENTUM = 0.9f;

    private final float dropout;
    private final boolean statisticsFrozen;
    private final Operand<TInt64> chance;
    /** by moving average: what it is to follow, of each part of the batch */
    private final Map<Operand<TFloat32>, List<Operand<TFloat32>>> statistics = new LinkedHashMap<>();

    private int dropouts;
    private boolean inHead;

    /**
     * @param dropout share of units dropped, 0 to 0.9
     * @param statisticsFrozen whether all but the head is normalised by its moving averages, which then stay as they are:
     *     for pretrained weights whose statistics say more than those of small batches
     * @param chance [2], another one for each step: all that is random follows from it
     */
    public LearningLayers(Ops tf, Weights weights, double dropout, boolean statisticsFrozen, Operand<TInt64> chance) {
        super(tf, weights);
        this.dropout = (float) dropout;
        this.statisticsFrozen = statisticsFrozen;
        this.chance = chance;
    }

    @Override
    public void part(String name) {
        super.part(name);
        inHead = name.equals(Network.HEAD);
    }

    /** What a training step must run, too: TensorFlow does not update moving averages by itself. */
    public List<Op> movingAverageUpdates() {
        List<Op> updates = new ArrayList<>();
        statistics.forEach((average, parts) -> {
            Operand<TFloat32> current = tf.math.mul(tf.math.addN(parts), tf.constant(1f / parts.size()));
            Operand<TFloat32> step = tf.math.mul(tf.math.sub(average, current), tf.constant(1 - MOMENTUM));
            updates.add(tf.assignSub(average, step));
        });
        return updates;
    }

    /** Survivors are scaled up by 1 / (1 - dropout), so that the expected sum stays (Srivastava et al., 2014). */
    @Override
    public Operand<TFloat32> dropout(Operand<TFloat32> x) {
        if (dropout == 0) {
            return x;
        }
        Operand<TInt64> own = tf.math.add(chance, tf.constant(new long[] {0, dropouts}));
        dropouts++;
        // a product with a mask, since tf.select has no gradient in the Java API
        Operand<TFloat32> uniform = tf.random.statelessRandomUniform(tf.shape(x), own, TFloat32.class);
        Operand<TFloat32> mask = tf.math.floor(tf.math.add(uniform, tf.constant(1 - dropout)));
        return tf.math.mul(x, tf.math.mul(mask, tf.constant(1 / (1 - dropout))));
    }

    @Override
    public Operand<TFloat32> normalise(String name, Operand<TFloat32> x, float epsilon) {
        BatchNormalisation norm = batchNormalisation(name, last(x));
        if (statisticsFrozen && !inHead) {
            return byMovingAverages(norm, x, epsilon);
        }
        Operand<TFloat32> none = tf.constant(new float[0]);
        FusedBatchNorm<TFloat32, TFloat32> fused = tf.nn.fusedBatchNorm(
                x,
                norm.scale(),
                norm.shift(),
                none,
                none,
                FusedBatchNorm.epsilon(epsilon),
                FusedBatchNorm.isTraining(true));
        follow(norm.mean(), fused.batchMean());
        follow(norm.variance(), fused.batchVariance());
        return fused.y();
    }

    private void follow(Operand<TFloat32> average, Operand<TFloat32> current) {
        statistics.computeIfAbsent(average, first -> new ArrayList<>()).add(current);
    }
}
