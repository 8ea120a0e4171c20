package io.karyoflow.trainer.data;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Batches one after the other, prepared by a thread of their own while the one before is learned from. To be used by one
 * thread, and closed, which ends the other.
 */
public final class Pass<T extends Examples> implements Iterator<T>, AutoCloseable {
    /** Batches that are prepared and wait: one for the next step, one to even out steps that take longer. */
    private static final int AHEAD = 2;

    private final IntFunction<T> batches;
    private final int end;
    private final Queue<Future<T>> ahead = new ArrayDeque<>();
    private final ExecutorService preparing = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "batches");
        thread.setDaemon(true);
        return thread;
    });
    private int submitted;
    private long waited;

    /** Batches {@code from} (inclusive) to {@code end} (exclusive). */
    Pass(IntFunction<T> batches, int from, int end) {
        this.batches = batches;
        this.end = end;
        this.submitted = from;
        for (int i = 0; i < AHEAD; i++) {
            prepareAnother();
        }
    }

    @Override
    public boolean hasNext() {
        return !ahead.isEmpty();
    }

    /**
     * Waits for the next batch; what was thrown while it was prepared is thrown here.
     *
     * @throws NoSuchElementException if there are no more
     * @throws IllegalStateException if this thread is interrupted
     */
    @Override
    public T next() {
        Future<T> next = ahead.remove();
        prepareAnother();
        long start = System.nanoTime();
        try {
            return next.get();
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for a batch", e);
        } finally {
            waited += System.nanoTime() - start;
        }
    }

    /** How long {@link #next} has waited until now, in nanoseconds: what the preparation costs the training. */
    public long waited() {
        return waited;
    }

    @Override
    public void close() {
        preparing.shutdownNow();
    }

    private void prepareAnother() {
        if (submitted < end) {
            int step = submitted++;
            ahead.add(preparing.submit(() -> batches.apply(step)));
        }
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown; // the function declares no other
    }
}
