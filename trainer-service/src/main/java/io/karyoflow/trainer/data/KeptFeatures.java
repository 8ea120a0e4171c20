package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Features of all images of a data set, on disk and mapped into memory. Safe for use by several threads. The file, whose
 * numbers are little-endian, has float32 [images][orientations][F], then F (4 bytes) and the features' checksum (8 bytes).
 */
public final class KeptFeatures {
    /** A map holds at most 2 GiB, so large files take several, each of whole images. */
    private static final long MAP_BYTES = 1L << 30;

    private static final int ENDING = Integer.BYTES + Long.BYTES;

    private final int orientations;
    private final int length;
    private final int imagesPerMap;
    private final List<MappedByteBuffer> maps = new ArrayList<>();

    private KeptFeatures(int orientations, int length) {
        this.orientations = orientations;
        this.length = length;
        this.imagesPerMap = (int) Math.max(1, MAP_BYTES / imageBytes());
    }

    /** The last bytes of a file. @param crc32c checksum of all before them */
    static byte[] ending(int length, long crc32c) {
        return ByteBuffer.allocate(ENDING)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putLong(crc32c)
                .array();
    }

    /** @throws CorruptCacheException if the file is not as long as its end says */
    static KeptFeatures open(Path file, int images, int orientations) throws IOException, CorruptCacheException {
        try (FileChannel channel = FileChannel.open(file)) {
            int length = ending(channel).getInt();
            long bytes = channel.size() - ENDING;
            if (length < 1 || bytes != (long) Float.BYTES * images * orientations * length) {
                throw new CorruptCacheException(
                        "the features take " + bytes + " bytes, which is not what the file's end says");
            }
            KeptFeatures features = new KeptFeatures(orientations, length);
            long step = features.imageBytes() * features.imagesPerMap;
            for (long from = 0; from < bytes; from += step) {
                MappedByteBuffer map = channel.map(MapMode.READ_ONLY, from, Math.min(step, bytes - from));
                map.order(ByteOrder.LITTLE_ENDIAN);
                features.maps.add(map);
            }
            return features;
        }
    }

    /**
     * Reads the whole file.
     *
     * @param stillWanted called often; what it throws ends the reading
     * @throws CorruptCacheException if its features are not those that were written
     */
    static void verify(Path file, Runnable stillWanted) throws IOException, CorruptCacheException {
        long crc32c;
        long bytes;
        try (FileChannel channel = FileChannel.open(file)) {
            crc32c = ending(channel).getLong(Integer.BYTES);
            bytes = channel.size() - ENDING;
        }
        if (FileChecksum.of(file, bytes, stillWanted) != crc32c) {
            throw new CorruptCacheException("the features' checksum is wrong");
        }
    }

    private static ByteBuffer ending(FileChannel channel) throws IOException, CorruptCacheException {
        ByteBuffer ending = ByteBuffer.allocate(ENDING).order(ByteOrder.LITTLE_ENDIAN);
        long from = channel.size() - ENDING;
        if (from < 0 || channel.read(ending, from) < ENDING) {
            throw new CorruptCacheException("the features' file has only " + channel.size() + " bytes");
        }
        return ending.flip();
    }

    /** How many there are of each image: 1, or those of its flips and turns. */
    public int orientations() {
        return orientations;
    }

    /** F */
    public int length() {
        return length;
    }

    /** Copies F numbers to {@code to} from {@code offset} on. @param orientation from 0, which is the image as it is */
    void copy(int image, int orientation, float[] to, int offset) {
        int place = (int) (image % imagesPerMap * imageBytes() + (long) orientation * Float.BYTES * length);
        maps.get(image / imagesPerMap)
                .slice(place, Float.BYTES * length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(to, offset, length);
    }

    private long imageBytes() {
        return (long) Float.BYTES * orientations * length;
    }
}
