package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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

    public DatasetCache(Path folder, ImageSource source, ImageDecoder decoder) {
        this.folder = folder;
        this.source = source;
        this.decoder = decoder;
    }

    /**
     * @param stillWanted called often while waiting, reading and decoding; what it throws ends the work
     * @throws UnusableDatasetException if the source does not give what was registered
     * @throws IOException if the disk is full or cannot be written
     */
    public CachedDataset open(DatasetRegistered dataset, Runnable stillWanted) throws IOException {
        Files.createDirectories(folder);
        Path home = folder.resolve(name(dataset));
        CacheLock lock = CacheLock.of(folder.resolve(name(dataset) + ".lock"), stillWanted);
        try (lock) {
            if (Files.exists(home)) {
                try {
                    return CachedDataset.open(home);
                } catch (CorruptCacheException e) {
                    LOG.warn(
                            "the cache of data set {} is corrupt and is built again: {}",
                            dataset.datasetId(),
                            e.getMessage());
                    delete(home);
                }
            }
            build(dataset, home, stillWanted);
            return CachedDataset.open(home);
        } catch (CorruptCacheException e) {
            throw new IOException("the disk under " + home + " does not keep what is written: " + e.getMessage(), e);
        }
    }

    private void build(DatasetRegistered dataset, Path home, Runnable stillWanted) throws IOException {
        LOG.info("reading data set {} ({} images) into the cache", dataset.datasetId(), dataset.images());
        Path building = home.resolveSibling(home.getFileName() + ".building");
        delete(building); // left by a process that died
        Files.createDirectory(building);
        try (CacheWriter writer = new CacheWriter(building, dataset, decoder)) {
            source.read(
                    dataset,
                    image -> {
                        stillWanted.run();
                        writer.add(image);
                    },
                    stillWanted);
            writer.finish();
            Files.move(building, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(building);
        }
    }

    /** Different registrations never share a cache, even under one id. */
    private static String name(DatasetRegistered dataset) {
        String readable = dataset.datasetId().replaceAll("[^A-Za-z0-9_-]", "_");
        return readable.substring(0, Math.min(60, readable.length())) + "-"
                + Sha256.of(MessageJson.write(dataset)).substring(0, 16);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        List<Path> contentFirst;
        try (Stream<Path> walk = Files.walk(tree)) {
            contentFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contentFirst) {
            Files.delete(path);
        }
    }
}
