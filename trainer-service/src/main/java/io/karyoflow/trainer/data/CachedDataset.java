package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ImageSizes;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * A data set on disk, mapped into memory: however large it is, only the pages in use take RAM. Images all have one size.
 * Safe for use by several threads. To be closed: until then it is not deleted to make room for others.
 */
public final class CachedDataset implements AutoCloseable {
    /** A map holds at most 2 GiB, so large files take several, each of whole images. */
    private static final long MAP_BYTES = 1L << 30;

    private final CacheIndex index;
    private final Path folder;
    private final LongConsumer grownBy;
    /** Released when the data set is closed, the last one first. */
    private final Deque<HostLock.Hold> holds = new ConcurrentLinkedDeque<>();

    private final List<MappedByteBuffer> maps = new ArrayList<>();
    private final int imagesPerMap;

    /**
     * @param use released by {@link #close}, or here if the pixels cannot be mapped
     * @param grownBy told of all bytes that are written beside the pixels
     */
    CachedDataset(CacheIndex index, Path folder, HostLock.Hold use, LongConsumer grownBy) throws IOException {
        this.index = index;
        this.folder = folder;
        this.holds.push(use);
        this.grownBy = grownBy;
        this.imagesPerMap = (int) Math.max(1, MAP_BYTES / index.imageBytes());
        long bytes = index.imageBytes() * index.images();
        long step = index.imageBytes() * imagesPerMap;
        try (FileChannel channel = FileChannel.open(CacheIndex.pixels(folder))) {
            for (long from = 0; from < bytes; from += step) {
                maps.add(channel.map(MapMode.READ_ONLY, from, Math.min(step, bytes - from)));
            }
        } catch (IOException e) {
            use.close();
            throw e;
        }
    }

    /** What else is known of this data set may be kept here, too: nobody deletes it while the data set is open. */
    Path folder() {
        return folder;
    }

    /** Something in the folder is in use as long as the data set is. */
    void hold(HostLock.Hold use) {
        holds.push(use);
    }

    /** To be told of all bytes that are written to {@link #folder}: other data sets may have to make room. */
    void grownBy(long bytes) {
        grownBy.accept(bytes);
    }

    /** of every image, in pixels */
    public int height() {
        return index.height();
    }

    /** of every image, in pixels */
    public int width() {
        return index.width();
    }

    /** How large the images were before they were brought to one size. */
    public ImageSizes sizes() {
        return index.sizes();
    }

    public int size() {
        return index.images();
    }

    public int label(int image) {
        return index.label(image);
    }

    /** As in the data set's CSV. */
    public String filename(int image) {
        return index.filename(image);
    }

    /** The patient, slide or tile that an image is of; empty if the data names none. */
    public Optional<String> group(int image) {
        return index.group(image);
    }

    /** The colours of the slide that an image is of: of all images of its group; empty if the data names none. */
    public Optional<ColourStatistics> slide(int image) {
        return index.slide(image);
    }

    /** Numbers of the images whose fold fits, in the order of their filenames. */
    public int[] imagesOfFolds(IntPredicate fold) {
        return IntStream.range(0, size())
                .filter(image -> fold.test(index.fold(image)))
                .toArray();
    }

    /** Copies height * width * 3 bytes to {@code target} from {@code offset} on. */
    public void copyPixels(int image, byte[] target, int offset) {
        int slot = index.slot(image);
        int bytes = (int) index.imageBytes();
        maps.get(slot / imagesPerMap).get(slot % imagesPerMap * bytes, target, offset, bytes);
    }

    @Override
    public void close() throws IOException {
        for (HostLock.Hold hold = holds.poll(); hold != null; hold = holds.poll()) {
            hold.close();
        }
    }
}
