package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What a cached data set consists of: two files in one folder, the pixels and this index. The index's file has height,
 * width (4 bytes each), the pixels' checksum (8 bytes), then for each image its label, its fold and its slot, the place in
 * the pixels' file counted in images (4 bytes each), and its own checksum (8 bytes). It is mapped into memory, so that a
 * million images take no heap.
 *
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param crc32c checksum of the pixels' file
 * @param entries [3 * N], in the order of the images' filenames, so that the same seed shuffles them in the same way
 */
record CacheIndex(int height, int width, long crc32c, IntBuffer entries) {
    private static final String INDEX = "index.bin";
    private static final String PIXELS = "pixels.rgb";
    private static final int HEADER = 2 * Integer.BYTES + Long.BYTES;
    private static final int ENTRY = 3;

    static IntBuffer room(int images) {
        return IntBuffer.allocate(ENTRY * images);
    }

    int images() {
        return entries.limit() / ENTRY;
    }

    int label(int image) {
        return entries.get(ENTRY * image);
    }

    int fold(int image) {
        return entries.get(ENTRY * image + 1);
    }

    int slot(int image) {
        return entries.get(ENTRY * image + 2);
    }

    long imageBytes() {
        return 3L * height * width;
    }

    static Path pixels(Path folder) {
        return folder.resolve(PIXELS);
    }

    void write(Path folder) throws IOException {
        int content = HEADER + entries.limit() * Integer.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(content + Long.BYTES);
        bytes.putInt(height).putInt(width).putLong(crc32c);
        bytes.asIntBuffer().put(entries.duplicate().rewind());
        bytes.putLong(content, checksum(bytes, content));
        Files.write(folder.resolve(INDEX), bytes.array());
    }

    /** @throws CorruptCacheException if the index is damaged, or the pixels' file is missing or of another size */
    static CacheIndex read(Path folder) throws IOException, CorruptCacheException {
        try {
            CacheIndex index = map(folder.resolve(INDEX));
            long expected = index.imageBytes() * index.images();
            long actual = Files.size(pixels(folder));
            if (actual != expected) {
                throw new CorruptCacheException("the pixels' file has " + actual + " bytes instead of " + expected);
            }
            return index;
        } catch (NoSuchFileException e) {
            throw new CorruptCacheException("the file " + e.getFile() + " is missing", e);
        }
    }

    /**
     * Reads the whole file of pixels.
     *
     * @param stillWanted called often; what it throws ends the reading
     * @throws CorruptCacheException if the pixels are not those that the index was written for
     */
    void verifyPixels(Path folder, Runnable stillWanted) throws IOException, CorruptCacheException {
        if (FileChecksum.of(pixels(folder), imageBytes() * images(), stillWanted) != crc32c) {
            throw new CorruptCacheException("the pixels' checksum is wrong");
        }
    }

    private static CacheIndex map(Path file) throws IOException, CorruptCacheException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
            int content = bytes.limit() - Long.BYTES;
            if (content < HEADER || bytes.getLong(content) != checksum(bytes, content)) {
                throw new CorruptCacheException("the index's checksum is wrong");
            }
            return new CacheIndex(
                    bytes.getInt(),
                    bytes.getInt(),
                    bytes.getLong(),
                    bytes.limit(content).slice().asIntBuffer());
        }
    }

    private static long checksum(ByteBuffer bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(0).limit(length));
        return checksum.getValue();
    }
}
