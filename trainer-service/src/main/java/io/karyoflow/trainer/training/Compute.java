package io.karyoflow.trainer.training;

import io.karyoflow.common.message.Precision;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/**
 * How much of the machine one session may use.
 *
 * @param threads at least 1; as long as no operation has more than one of them, the same seed gives the same weights
 */
public record Compute(int threads) {
    static final Compute ONE_THREAD = new Compute(1);

    /**
     * For a session.
     *
     * @param parts of its graph that can be computed side by side. Each has a thread for itself rather than that all threads
     *     work on one operation: they need not wait for each other after each, and no sum depends on how they shared it
     */
    public ConfigProto configuration(Precision precision, int parts) {
        int sideBySide = Math.min(parts, threads);
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads / sideBySide)
                // of one part, too, the two gradients of a convolution, by input and by filter, need not wait for each
                // other
                .setInterOpParallelismThreads(Math.max(sideBySide, Math.min(2, threads)))
                // trials that run side by side must not share (and so fight for) one pool
                .setUsePerSessionThreads(true)
                // slots share a GPU: each takes what it needs, not all there is
                .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriting(precision)))
                .build();
    }

    /** TensorFlow finds out by itself which operations bear fewer bits, and casts around them. */
    private static RewriterConfig rewriting(Precision precision) {
        RewriterConfig.Builder rewriting = RewriterConfig.newBuilder();
        if (precision == Precision.BF16) {
            rewriting.setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON);
        }
        return rewriting.build();
    }
}
