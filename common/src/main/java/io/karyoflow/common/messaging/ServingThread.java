package io.karyoflow.common.messaging;

import io.karyoflow.common.concurrent.VitalThread;
import java.time.Duration;
import java.util.Optional;

/** The thread of its own that {@link ServeRequests} runs on for as long as its service is up. */
public final class ServingThread {
    private static final Duration TIME_TO_FINISH = Duration.ofSeconds(20);

    private final ServeRequests loop;
    private final Thread thread;

    private ServingThread(ServeRequests loop, Thread thread) {
        this.loop = loop;
        this.thread = thread;
    }

    public static ServingThread start(ServeRequests loop, String name) {
        Thread thread = VitalThread.of(loop, name);
        thread.start();
        return new ServingThread(loop, thread);
    }

    /** Lets the batch in hand be committed. Returns at once. */
    public void requestStop() {
        loop.stop();
    }

    /** Returns when it has ended, or has taken too long to. */
    public void awaitEnd() throws InterruptedException {
        thread.join(TIME_TO_FINISH.toMillis());
    }

    public boolean isAlive() {
        return thread.isAlive();
    }

    /** @see ServeRequests#problem() */
    public Optional<String> problem() {
        return loop.problem();
    }
}
