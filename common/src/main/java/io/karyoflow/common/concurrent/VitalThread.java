package io.karyoflow.common.concurrent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread without which its process is of no use. If something ends it that its own loop does not survive, such as memory
 * that has run out, the process ends, too: whoever keeps it running (Docker, systemd) starts a process anew that has ended,
 * not one that only does nothing.
 */
public final class VitalThread {
    private static final Logger LOG = LoggerFactory.getLogger(VitalThread.class);
    private static final int FAILED = 1;

    private VitalThread() {}

    /** Not started. */
    public static Thread of(Runnable loop, String name) {
        // another thread, as the exit waits for what is stopped, which may wait for this one; made while there is
        // memory for it
        Thread exit = new Thread(() -> System.exit(FAILED), "exit after " + name);
        return of(loop, name, () -> {
            try {
                exit.start();
            } catch (Throwable e) {
                Runtime.getRuntime().halt(FAILED);
            }
        });
    }

    static Thread of(Runnable loop, String name, Runnable exit) {
        Thread thread = new Thread(loop, name);
        thread.setUncaughtExceptionHandler((ended, cause) -> {
            try {
                LOG.error("{} cannot go on, so this process ends", name, cause);
            } finally {
                exit.run();
            }
        });
        return thread;
    }
}
