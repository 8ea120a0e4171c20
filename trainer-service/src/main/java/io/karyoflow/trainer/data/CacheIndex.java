package io.karyoflow.trainer.data;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.UnreadableMessageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a cached data set consists of: two files in one folder, the pixels and this index.
 *
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param entries in the order of their filenames, so that the same seed shuffles them in the same way
 * @param crc32c checksum of the pixels' file
 */
record CacheIndex(int height, int width, List<Entry> entries, long crc32c) {
    private static final String INDEX = "index.json";
    private static final String PIXELS = "pixels.rgb";

    /** @param slot the image's place in the pixels' file, counted in images */
    record Entry(String filename, int label, int fold, int slot) {}

    long imageBytes() {
        return 3L * height * width;
    }

    static Path pixels(Path folder) {
        return folder.resolve(PIXELS);
    }

    void write(Path folder) throws IOException {
        Files.write(folder.resolve(INDEX), MessageJson.write(this));
    }

    /** @throws CorruptCacheException if the index cannot be read or the pixels are not those it was written for */
    static CacheIndex read(Path folder) throws IOException, CorruptCacheException {
        try {
            CacheIndex index = MessageJson.read(Files.readAllBytes(folder.resolve(INDEX)), CacheIndex.class);
            long expected = index.imageBytes() * index.entries.size();
            long actual = Files.size(pixels(folder));
            if (actual != expected) {
                throw new CorruptCacheException("the pixels' file has " + actual + " bytes instead of " + expected);
            }
            if (checksum(pixels(folder)) != index.crc32c) {
                throw new CorruptCacheException("the pixels' checksum is wrong");
            }
            return index;
        } catch (NoSuchFileException e) {
            throw new CorruptCacheException("the file " + e.getFile() + " is missing", e);
        } catch (UnreadableMessageException | NullPointerException e) {
            throw new CorruptCacheException("the index is unreadable: " + e.getMessage(), e);
        }
    }

    static long checksum(Path file) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer.clear()) >= 0) {
                checksum.update(buffer.flip());
            }
        }
        return checksum.getValue();
    }
}
