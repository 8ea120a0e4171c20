package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What frozen networks see of data sets, on this host's disk: computed by the first trial that wants it, shared by all slots
 * and processes. It lies beside the data set's pixels and goes when they go, or before, to make room. Like the pixels, what no
 * longer has its checksum is computed again.
 */
public final class FeatureCache {
    private static final Logger LOG = LoggerFactory.getLogger(FeatureCache.class);
    private static final int BATCH = 64;

    /** Files that this process has read as a whole and found as they were written; from then on, their sizes must do. */
    private final Set<CacheHome> verified = ConcurrentHashMap.newKeySet();

    /**
     * @param key of data set, weights and preprocessing together: the same key means the same features
     * @param dataset must stay open as long as its features are used
     * @param flipsAndTurns whether features of each orientation are wanted, too
     * @param compute from images to features [N][F]
     * @param stillWanted called often while waiting and computing; what it throws ends the work
     * @throws IOException if the disk is full or cannot be written
     */
    public KeptFeatures open(
            String key,
            CachedDataset dataset,
            boolean flipsAndTurns,
            Function<Batch, float[][]> compute,
            Runnable stillWanted)
            throws IOException {
        List<Orientation> orientations =
                flipsAndTurns ? Orientation.of(dataset.height(), dataset.width()) : List.of(Orientation.AS_IT_IS);
        CacheHome home = CacheHome.ofFeatures(dataset, key + "-" + orientations.size());
        try (HostLock.Hold changing = home.change().alone(stillWanted)) {
            KeptFeatures features = openOrBuild(home, dataset, orientations, compute, stillWanted);
            dataset.hold(home.use().shared(stillWanted));
            return features;
        }
    }

    private KeptFeatures openOrBuild(
            CacheHome home,
            CachedDataset dataset,
            List<Orientation> orientations,
            Function<Batch, float[][]> compute,
            Runnable stillWanted)
            throws IOException {
        Path file = home.content();
        if (Files.exists(file)) {
            try {
                return openIntact(home, dataset, orientations, stillWanted);
            } catch (CorruptCacheException e) {
                LOG.warn("{} is corrupt, its features are computed again: {}", file, e.getMessage());
            }
        }
        verified.remove(home);
        build(home, dataset, orientations, compute, stillWanted);
        try {
            return openIntact(home, dataset, orientations, stillWanted);
        } catch (CorruptCacheException e) {
            throw new IOException("the disk does not keep what is written to " + file + ": " + e.getMessage(), e);
        }
    }

    private KeptFeatures openIntact(
            CacheHome home, CachedDataset dataset, List<Orientation> orientations, Runnable stillWanted)
            throws IOException, CorruptCacheException {
        Path file = home.content();
        KeptFeatures features = KeptFeatures.open(file, dataset.size(), orientations.size());
        if (!verified.contains(home)) {
            KeptFeatures.verify(file, stillWanted);
            verified.add(home);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        return features;
    }

    private static void build(
            CacheHome home,
            CachedDataset dataset,
            List<Orientation> orientations,
            Function<Batch, float[][]> compute,
            Runnable stillWanted)
            throws IOException {
        LOG.info("computing features of {} images in {} orientations", dataset.size(), orientations.size());
        Path building = home.building();
        try {
            write(building, dataset, orientations, compute, stillWanted);
            Files.move(building, home.content(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(building);
        }
    }

    private static void write(
            Path file,
            CachedDataset dataset,
            List<Orientation> orientations,
            Function<Batch, float[][]> compute,
            Runnable stillWanted)
            throws IOException {
        int images = Math.max(1, BATCH / orientations.size());
        int shown = 0;
        int length = 0;
        try (CheckedOutputStream output =
                new CheckedOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 20), new CRC32C())) {
            for (int from = 0; from < dataset.size(); from += images) {
                stillWanted.run();
                int count = Math.min(images, dataset.size() - from);
                for (float[] features : compute.apply(laid(dataset, from, count, orientations))) {
                    ByteBuffer bytes =
                            ByteBuffer.allocate(Float.BYTES * features.length).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asFloatBuffer().put(features);
                    output.write(bytes.array());
                    dataset.grownBy(bytes.capacity());
                    length = features.length;
                }
                int percent = (int) (100L * (from + count) / dataset.size());
                if (percent >= shown + 10) {
                    shown = percent;
                    LOG.info("features of {} % of the images are computed", percent);
                }
            }
            output.write(KeptFeatures.ending(length, output.getChecksum().getValue()));
        }
    }

    /** Some images one after the other, each in all orientations. */
    private static Batch laid(CachedDataset dataset, int from, int count, List<Orientation> orientations) {
        int height = dataset.height();
        int width = dataset.width();
        byte[] image = new byte[height * width * 3];
        byte[] rgb = new byte[count * orientations.size() * image.length];
        int[] labels = new int[count * orientations.size()];
        ColourStatistics[] slides = new ColourStatistics[labels.length];
        int at = 0;
        for (int i = 0; i < count; i++) {
            dataset.copyPixels(from + i, image, 0);
            ColourStatistics slide = dataset.slide(from + i).orElse(null);
            for (Orientation orientation : orientations) {
                labels[at] = dataset.label(from + i);
                slides[at] = slide;
                orientation.lay(image, height, width, rgb, at * image.length);
                at++;
            }
        }
        return new Batch(height, width, rgb, slides, labels);
    }
}
