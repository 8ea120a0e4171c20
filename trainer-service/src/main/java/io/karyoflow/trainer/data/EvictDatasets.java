package io.karyoflow.trainer.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache below a size: what was opened longest ago is deleted first, and never what some process of this host has
 * open or is building. The disk has the space again when no process maps the files any more. A cache that is too large, or
 * cannot be made smaller, is no reason not to train.
 */
final class EvictDatasets {
    private static final Logger LOG = LoggerFactory.getLogger(EvictDatasets.class);

    private final Path cache;
    private final long maxBytes;
    /** Bytes written since room was last made. */
    private final AtomicLong grown = new AtomicLong();

    EvictDatasets(Path cache, long maxBytes) {
        this.cache = cache;
        this.maxBytes = maxBytes;
    }

    /** @param bytes 0 if another process has just deleted it */
    private record Kept(CacheHome home, Path folder, long opened, long bytes) {
        static Optional<Kept> of(File folder) {
            return CacheHome.around(folder.toPath())
                    .map(home -> new Kept(
                            home,
                            folder.toPath(),
                            folder.lastModified(),
                            files(folder).mapToLong(File::length).sum()));
        }
    }

    /** To be told of all that is written: so what one process builds exceeds the size by a sixteenth, then room is made. */
    void grownBy(long bytes) {
        if (grown.addAndGet(bytes) > maxBytes / 16) {
            untilItFits();
        }
    }

    void untilItFits() {
        grown.set(0);
        try {
            deleteUntilItFits();
        } catch (IOException e) {
            LOG.warn("the cache could not be made smaller: {}", e.toString());
        }
    }

    private void deleteUntilItFits() throws IOException {
        List<Kept> longestAgoFirst = files(cache.toFile())
                .filter(File::isDirectory)
                .flatMap(folder -> Kept.of(folder).stream())
                .sorted(Comparator.comparingLong(Kept::opened))
                .toList();
        long total = longestAgoFirst.stream().mapToLong(Kept::bytes).sum();
        for (Kept kept : longestAgoFirst) {
            if (total > maxBytes && deleted(kept)) {
                total -= kept.bytes();
                LOG.info("deleted {} from the cache ({} bytes)", kept.folder().getFileName(), kept.bytes());
            }
        }
    }

    private static boolean deleted(Kept kept) throws IOException {
        Optional<HostLock.Hold> change = kept.home().change().tryAlone();
        if (change.isEmpty()) {
            return false;
        }
        try (HostLock.Hold changing = change.get()) {
            Optional<HostLock.Hold> use = kept.home().use().tryAlone();
            if (use.isEmpty()) {
                return false;
            }
            try (HostLock.Hold unused = use.get()) {
                CacheHome.delete(kept.folder());
                return true;
            }
        }
    }

    private static Stream<File> files(File folder) {
        return Optional.ofNullable(folder.listFiles()).stream().flatMap(Arrays::stream);
    }
}
