package io.karyoflow.trainer.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the cache below a size: what was opened longest ago is deleted first, and never what some process of this host has
 * open or is building. The disk has the space again when no process maps the files any more.
 */
final class EvictDatasets {
    private static final Logger LOG = LoggerFactory.getLogger(EvictDatasets.class);

    private final Path cache;
    private final long maxBytes;

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

    void untilItFits() throws IOException {
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
