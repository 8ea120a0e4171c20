package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Lets one slot of one process on this host touch a cached data set at a time; the system frees it if its holder dies. */
record CacheLock(FileChannel channel, FileLock lock) implements AutoCloseable {
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    /** Waits for the lock as long as {@code stillWanted} does not throw. */
    static CacheLock of(Path file, Runnable stillWanted) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = tryLock(channel);
            while (lock == null) {
                stillWanted.run();
                LockSupport.parkNanos(PAUSE);
                lock = tryLock(channel);
            }
            return new CacheLock(channel, lock);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** @return null if it is held */
    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by another slot of this process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
