package io.karyoflow.launcher.endurance;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that is done again and again on a thread of its own until it is to end. */
final class Background implements AutoCloseable {
    private final CountDownLatch ending = new CountDownLatch(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    interface Turn {
        void take() throws Exception;
    }

    /** @param pause after each turn */
    Background(String name, Duration pause, Turn turn) {
        Thread thread = new Thread(
                () -> {
                    try {
                        do {
                            turn.take();
                        } while (!ending.await(pause.toMillis(), TimeUnit.MILLISECONDS));
                        done.complete(null);
                    } catch (Throwable e) {
                        done.completeExceptionally(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns when the turn in hand is over; throws what one has thrown. */
    void end() {
        ending.countDown();
        done.join();
    }

    @Override
    public void close() {
        ending.countDown();
    }
}
