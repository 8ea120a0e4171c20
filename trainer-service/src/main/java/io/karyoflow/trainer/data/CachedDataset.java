package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A data set on disk, mapped into memory: however large it is, only the pages in use take RAM. Images all have one size.
 * Safe for use by several threads.
 */
public final class CachedDataset {
    /** A map holds at most 2 GiB, so large files take several, each of whole images. */
    private static final long MAP_BYTES = 1L << 30;

    private final CacheIndex index;
    private final List<MappedByteBuffer> maps = new ArrayList<>();
    private final int imagesPerMap;

    private CachedDataset(CacheIndex index, Path pixels) throws IOException {
        this.index = index;
        this.imagesPerMap = (int) Math.max(1, MAP_BYTES / index.imageBytes());
        long bytes = index.imageBytes() * index.entries().size();
        long step = index.imageBytes() * imagesPerMap;
        try (FileChannel channel = FileChannel.open(pixels)) {
            for (long from = 0; from < bytes; from += step) {
                maps.add(channel.map(MapMode.READ_ONLY, from, Math.min(step, bytes - from)));
            }
        }
    }

    static CachedDataset open(Path folder) throws IOException, CorruptCacheException {
        return new CachedDataset(CacheIndex.read(folder), CacheIndex.pixels(folder));
    }

    /** of every image, in pixels */
    public int height() {
        return index.height();
    }

    /** of every image, in pixels */
    public int width() {
        return index.width();
    }

    public int size() {
        return index.entries().size();
    }

    public int label(int image) {
        return index.entries().get(image).label();
    }

    public String filename(int image) {
        return index.entries().get(image).filename();
    }

    /** Numbers of the images whose fold fits, in the order of their filenames. */
    public int[] imagesOfFolds(IntPredicate fold) {
        return IntStream.range(0, size())
                .filter(image -> fold.test(index.entries().get(image).fold()))
                .toArray();
    }

    /** Copies height * width * 3 bytes to {@code target} from {@code offset} on. */
    public void copyPixels(int image, byte[] target, int offset) {
        int slot = index.entries().get(image).slot();
        int bytes = (int) index.imageBytes();
        maps.get(slot / imagesPerMap).get(slot % imagesPerMap * bytes, target, offset, bytes);
    }
}
