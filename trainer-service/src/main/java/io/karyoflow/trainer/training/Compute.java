package io.karyoflow.trainer.training;

import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How much of the machine one session may use.
 *
 * @param threads that work on one operation, at least 1; with 1 the same seed gives the same weights
 */
public record Compute(int threads) {
    static final Compute ONE_THREAD = new Compute(1);

    ConfigProto configuration() {
        return ConfigProto.newBuilder()
                .setIntraOpParallelismThreads(threads)
                .setInterOpParallelismThreads(1)
                // trials that run side by side must not share (and so fight for) one pool
                .setUsePerSessionThreads(true)
                // slots share a GPU: each takes what it needs, not all there is
                .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
                .build();
    }
}
