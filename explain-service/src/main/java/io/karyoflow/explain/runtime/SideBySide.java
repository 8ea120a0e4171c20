package io.karyoflow.explain.runtime;

import io.karyoflow.common.concurrent.WorkThreads;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Threads that work on the parts of a batch at the same time. All callers share them, so none holds up another for long.
 * Nobody stops them: whoever is in the middle of a batch when the process stops needs them to finish.
 */
public final class SideBySide {
    /** In a smaller part the model is busy with itself. */
    private static final int LEAST_IN_A_PART = 8;

    private final WorkThreads threads;

    /** @param threads at least 1 */
    public SideBySide(int threads) {
        this.threads = new WorkThreads("part-of-a-batch", threads);
    }

    /** Those of a batch's elements from {@code from} (inclusive) to {@code to} (exclusive). */
    record Part(int from, int to) {
        int count() {
            return to - from;
        }

        float[] cut(float[] values, int size) {
            return from == 0 && to * size == values.length
                    ? values
                    : Arrays.copyOfRange(values, from * size, to * size);
        }

        int[] cut(int[] values) {
            return Arrays.copyOfRange(values, from, to);
        }
    }

    /** Returns when {@code work} has been done on all parts; throws what it threw on one of them. */
    void run(int count, Consumer<Part> work) {
        int parts = Math.max(1, Math.min(threads.count(), count / LEAST_IN_A_PART));
        CompletableFuture<?>[] running = new CompletableFuture<?>[parts];
        for (int i = 0; i < parts; i++) {
            Part part = new Part(count * i / parts, count * (i + 1) / parts);
            running[i] = CompletableFuture.runAsync(() -> work.accept(part), threads);
        }
        WorkThreads.result(CompletableFuture.allOf(running));
    }
}
