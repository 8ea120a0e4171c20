package io.karyoflow.trainer.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
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
 * Keeps the cache below a size: of data sets and features, what was opened longest ago is deleted first, and never what some
 * process of this host has open or is building. A data set takes its features along; features can go without it. The disk
 * has the space again when no process maps the files any more. A cache that is too large, or cannot be made smaller, is no
 * reason not to train.
 */
final class MakeRoom {
    private static final Logger LOG = LoggerFactory.getLogger(MakeRoom.class);

    private final Path cache;
    private final long maxBytes;
    /** Bytes written since room was last made. */
    private final AtomicLong grown = new AtomicLong();

    MakeRoom(Path cache, long maxBytes) {
        this.cache = cache;
        this.maxBytes = maxBytes;
    }

    /**
     * What can be deleted by itself: the folder of a data set, complete or not, or a file of features in it.
     *
     * @param opened when somebody last opened it, in milliseconds; 0 for what is not complete
     * @param locks whoever holds all of them alone, taken in this order, may delete it
     */
    private record Kept(Path content, long opened, List<HostLock> locks) {}

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
        if (bytes() <= maxBytes) {
            return;
        }
        List<Kept> longestAgoFirst = folders()
                .flatMap(folder -> CacheHome.around(folder.toPath()).stream().flatMap(home -> kept(home, folder)))
                .sorted(Comparator.comparingLong(Kept::opened))
                .toList();
        for (Kept kept : longestAgoFirst) {
            // counted anew, since other processes make room, too
            if (bytes() > maxBytes && deleted(kept.content(), kept.locks())) {
                LOG.info("deleted {} from the cache", kept.content().getFileName());
            }
        }
    }

    private long bytes() {
        return folders().flatMap(MakeRoom::files).mapToLong(File::length).sum();
    }

    private Stream<File> folders() {
        return files(cache.toFile()).filter(File::isDirectory).filter(folder -> CacheHome.around(folder.toPath())
                .isPresent());
    }

    private static Stream<Kept> kept(CacheHome home, File folder) {
        long opened = CacheIndex.pixels(folder.toPath()).toFile().lastModified();
        Kept dataset = new Kept(folder.toPath(), opened, List.of(home.change(), home.use()));
        Stream<Kept> features = files(folder)
                .filter(file -> file.getName().endsWith(CacheHome.FEATURES))
                .map(file -> features(home, file));
        return Stream.concat(Stream.of(dataset), features);
    }

    /** The data set must not be deleted meanwhile, with the locks in it. */
    private static Kept features(CacheHome dataset, File file) {
        CacheHome home = new CacheHome(file.toPath());
        return new Kept(home.content(), file.lastModified(), List.of(dataset.change(), home.change(), home.use()));
    }

    /** @return false if somebody else holds one of the locks, or has just deleted it */
    private static boolean deleted(Path content, List<HostLock> locks) throws IOException {
        if (!Files.exists(content)) {
            return false;
        }
        if (locks.isEmpty()) {
            CacheHome.delete(content);
            return true;
        }
        Optional<HostLock.Hold> first = locks.get(0).tryAlone();
        if (first.isEmpty()) {
            return false;
        }
        try (HostLock.Hold held = first.get()) {
            return deleted(content, locks.subList(1, locks.size()));
        }
    }

    private static Stream<File> files(File folder) {
        return Optional.ofNullable(folder.listFiles()).stream().flatMap(Arrays::stream);
    }
}
