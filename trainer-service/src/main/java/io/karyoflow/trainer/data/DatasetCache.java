package io.karyoflow.trainer.data;

import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data sets on this host's disk, each read from its source once and shared by all slots and processes. What is incomplete
 * never carries the final name; what no longer has its checksum is built again.
 */
public final class DatasetCache {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetCache.class);

    private final Path folder;
    private final ImageSource source;
    private final ImageDecoder decoder;
    private final WorkThreads threads = WorkThreads.onCores("decode", ImageDecoder.MOST_THREADS);
    private final MakeRoom makeRoom;
    /** What this process has read as a whole and found as it was written; from then on, the files' sizes must do. */
    private final Set<CacheHome> verified = ConcurrentHashMap.newKeySet();

    /** @param maxBytes of all data sets together, with what else is kept of them; what is in use may exceed it */
    public DatasetCache(Path folder, ImageSource source, ImageDecoder decoder, long maxBytes) {
        this.folder = folder;
        this.source = source;
        this.decoder = decoder;
        this.makeRoom = new MakeRoom(folder, maxBytes);
    }

    /**
     * @param stillWanted called often while waiting, reading and decoding; what it throws ends the work
     * @return to be closed
     * @throws UnusableDatasetException if the source does not give what was registered
     * @throws IOException if the disk is full or cannot be written
     */
    public CachedDataset open(DatasetRegistered dataset, Runnable stillWanted) throws IOException {
        Files.createDirectories(folder);
        CacheHome home = CacheHome.of(folder, dataset);
        CachedDataset opened;
        try (HostLock.Hold changing = home.change().alone(stillWanted)) {
            opened = openOrBuild(dataset, home, stillWanted);
        }
        makeRoom.untilItFits();
        return opened;
    }

    private CachedDataset openOrBuild(DatasetRegistered dataset, CacheHome home, Runnable stillWanted)
            throws IOException {
        if (Files.exists(home.content())) {
            try {
                return openIntact(home, stillWanted);
            } catch (CorruptCacheException e) {
                LOG.warn(
                        "the cache of data set {} is corrupt and is built again: {}",
                        dataset.datasetId(),
                        e.getMessage());
                CacheHome.delete(home.content());
            }
        }
        verified.remove(home);
        build(dataset, home, stillWanted);
        try {
            return openIntact(home, stillWanted);
        } catch (CorruptCacheException e) {
            throw new IOException(
                    "the disk under " + home.content() + " does not keep what is written: " + e.getMessage(), e);
        }
    }

    private CachedDataset openIntact(CacheHome home, Runnable stillWanted) throws IOException, CorruptCacheException {
        CacheIndex index = CacheIndex.read(home.content());
        if (!verified.contains(home)) {
            index.verifyPixels(home.content(), stillWanted);
            verified.add(home);
        }
        Files.setLastModifiedTime(CacheIndex.pixels(home.content()), FileTime.from(Instant.now()));
        return new CachedDataset(index, home.content(), home.use().shared(stillWanted), makeRoom::grownBy);
    }

    private void build(DatasetRegistered dataset, CacheHome home, Runnable stillWanted) throws IOException {
        LOG.info("reading data set {} ({} images) into the cache", dataset.datasetId(), dataset.images());
        Path building = home.building();
        CacheHome.delete(building); // left by a process that died
        Files.createDirectory(building);
        try (CacheWriter writer = new CacheWriter(building, dataset, decoder, threads, makeRoom::grownBy)) {
            source.read(
                    dataset,
                    image -> {
                        stillWanted.run();
                        writer.add(image);
                    },
                    stillWanted);
            writer.finish();
            Files.move(building, home.content(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            CacheHome.delete(building);
        }
    }
}
