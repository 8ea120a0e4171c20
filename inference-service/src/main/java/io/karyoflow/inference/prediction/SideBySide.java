package io.karyoflow.inference.prediction;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Work that is done on several threads, until somebody waits for it. Not to be used by several threads itself. */
final class SideBySide {
    private final Executor threads;
    private final List<CompletableFuture<Void>> begun = new ArrayList<>();

    SideBySide(Executor threads) {
        this.threads = threads;
    }

    void begin(Runnable work) {
        begun.add(CompletableFuture.runAsync(work, threads));
    }

    /** Waits for all that was begun, and throws what one of them has thrown. */
    void finish() {
        CompletableFuture<Void> all = CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new));
        begun.clear();
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
