package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Hyperparameters;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What training makes small: the weighted mean over a batch of the cross entropy between the truth q and the softmax p of
 * the logits, - sum_c q_c log p_c.
 *
 * @param smoothing share of each label that is spread evenly over the classes (Szegedy et al., Rethinking the Inception
 *     Architecture, 2015)
 * @param focalGamma images weigh (1 - p)^gamma for their label's probability p (Lin et al., Focal Loss for Dense Object
 *     Detection, 2017)
 * @param classWeights [C], what an image weighs by its label
 */
record TrainingLoss(double smoothing, double focalGamma, float[] classWeights) {
    /** Keeps the power's derivative finite where a label is certain. */
    private static final float SMALL = 1e-6f;

    static TrainingLoss of(Hyperparameters hyperparameters, float[] classWeights) {
        return new TrainingLoss(hyperparameters.labelSmoothing(), hyperparameters.focalGamma(), classWeights);
    }

    /**
     * @param logits [N, C]
     * @param truth [N, C], each row with the sum 1: one class, or two that were mixed
     * @return a scalar, in nats
     */
    Operand<TFloat32> mean(Ops tf, Operand<TFloat32> logits, Operand<TFloat32> truth) {
        int classes = classWeights.length;
        Operand<TFloat32> smoothed = tf.math.add(
                tf.math.mul(truth, tf.constant((float) (1 - smoothing))), tf.constant((float) (smoothing / classes)));
        Operand<TFloat32> each =
                tf.nn.softmaxCrossEntropyWithLogits(logits, smoothed).loss();
        if (focalGamma > 0) {
            Operand<TFloat32> probability = sumOverClasses(tf, tf.math.mul(truth, tf.nn.softmax(logits)));
            Operand<TFloat32> rest = tf.math.sub(tf.constant(1 + SMALL), probability);
            each = tf.math.mul(each, tf.math.pow(rest, tf.constant((float) focalGamma)));
        }
        Operand<TFloat32> weight = sumOverClasses(tf, tf.math.mul(truth, tf.constant(classWeights)));
        return tf.math.div(sum(tf, tf.math.mul(each, weight)), sum(tf, weight));
    }

    private static Operand<TFloat32> sumOverClasses(Ops tf, Operand<TFloat32> x) {
        return tf.sum(x, tf.constant(1));
    }

    private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
        return tf.sum(x, tf.constant(0));
    }
}
