package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock between all slots of all processes on this host: many may share it, or one has it alone. The system frees what a
 * dead process held. Holders in this process share one channel, since on POSIX systems closing any channel of a file gives
 * up all locks that the process has on it.
 */
final class HostLock {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Map<Path, HostLock> BY_FILE = new ConcurrentHashMap<>();

    private final Path file;
    private FileChannel channel;
    private boolean shared;
    private int holders;

    private HostLock(Path file) {
        this.file = file;
    }

    /** @param file is created when the lock is first held, and stays: to delete it would let two hold it alone */
    static HostLock of(Path file) {
        return BY_FILE.computeIfAbsent(file.toAbsolutePath().normalize(), HostLock::new);
    }

    /** To be closed once, by any thread. */
    interface Hold extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Waits until nobody else holds the lock, as long as {@code stillWanted} does not throw. */
    Hold alone(Runnable stillWanted) throws IOException {
        return await(false, stillWanted);
    }

    /** Waits until nobody holds the lock alone, as long as {@code stillWanted} does not throw. */
    Hold shared(Runnable stillWanted) throws IOException {
        return await(true, stillWanted);
    }

    /** @return empty if somebody holds the lock */
    Optional<Hold> tryAlone() throws IOException {
        return tryHold(false);
    }

    private Hold await(boolean toShare, Runnable stillWanted) throws IOException {
        Optional<Hold> hold = tryHold(toShare);
        while (hold.isEmpty()) {
            stillWanted.run();
            LockSupport.parkNanos(PAUSE);
            hold = tryHold(toShare);
        }
        return hold.get();
    }

    private synchronized Optional<Hold> tryHold(boolean toShare) throws IOException {
        boolean free = holders == 0 ? lockedForThisProcess(toShare) : shared && toShare;
        if (!free) {
            return Optional.empty();
        }
        holders++;
        return Optional.of(this::release);
    }

    private boolean lockedForThisProcess(boolean toShare) throws IOException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = opened.tryLock(0, Long.MAX_VALUE, toShare) != null;
        } finally {
            if (locked) {
                channel = opened;
                shared = toShare;
            } else {
                opened.close();
            }
        }
        return locked;
    }

    private synchronized void release() throws IOException {
        if (--holders == 0) {
            channel.close();
        }
    }
}
