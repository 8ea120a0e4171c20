package io.karyoflow.common.concurrent;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Work that is done side by side, and whose results are taken in the order in which it came, on the thread that brings it.
 * Only a few pieces are in hand, so that memory stays bounded: whoever brings more takes the oldest one's result first.
 * When something is thrown, by work or by who takes its result, all other work that was brought has ended, and its results
 * are dropped. Not to be used by several threads itself.
 *
 * @param <R> what a piece of work results in
 * @param <E> what may be thrown when a result is taken
 */
public final class OrderedWork<R, E extends Exception> {
    /** One that is done, and one that waits. */
    private static final int FOR_EACH_THREAD = 2;

    private final WorkThreads threads;
    private final Results<R, E> results;
    private final Queue<CompletableFuture<R>> inHand = new ArrayDeque<>();

    public OrderedWork(WorkThreads threads, Results<R, E> results) {
        this.threads = threads;
        this.results = results;
    }

    /** Who takes the results. */
    public interface Results<R, E extends Exception> {
        void take(R result) throws E;
    }

    /** Throws what earlier work has thrown, or what is thrown when its result is taken. */
    public void add(Supplier<R> work) throws E {
        if (inHand.size() == FOR_EACH_THREAD * threads.count()) {
            takeOldest();
        }
        inHand.add(CompletableFuture.supplyAsync(work, threads));
    }

    /** Returns when all results have been taken; throws as {@link #add} does. */
    public void finish() throws E {
        while (!inHand.isEmpty()) {
            takeOldest();
        }
    }

    private void takeOldest() throws E {
        boolean taken = false;
        try {
            results.take(WorkThreads.result(inHand.remove()));
            taken = true;
        } finally {
            if (!taken) {
                drop();
            }
        }
    }

    private void drop() {
        inHand.forEach(work -> work.exceptionally(failed -> null).join());
        inHand.clear();
    }
}
