package io.karyoflow.common.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed number of threads for work that somebody waits for. They end when there has been none for a while, and do not
 * keep the process from ending.
 */
public final class WorkThreads implements Executor {
    private static final int IDLE_SECONDS = 30;

    private final int count;
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads, which have numbers after it
     * @param count at least 1
     */
    public WorkThreads(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        this.count = count;
        this.threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** As many as there are cores, but no more than {@code most}. */
    public static WorkThreads onCores(String name, int most) {
        return new WorkThreads(name, Math.min(most, Runtime.getRuntime().availableProcessors()));
    }

    /** Waits for work on another thread. What it throws is thrown as it is. */
    public static <R> R result(CompletableFuture<R> work) {
        try {
            return work.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) { // for example out of memory: nobody here can go on
                throw error;
            }
            throw e;
        }
    }

    public int count() {
        return count;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }
}
