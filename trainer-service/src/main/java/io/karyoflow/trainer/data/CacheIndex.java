package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What a cached data set consists of: two files in one folder, the pixels and this index. The index's file has height and
 * width (4 bytes each), the pixels' checksum (8 bytes), the number of slides (4 bytes) and for each the six numbers of its
 * colours (4 bytes each), then for each image its label, its fold, its slot, which is the place in the pixels' file counted
 * in images, and its slide (4 bytes each), and its own checksum (8 bytes). It is mapped into memory, so that a million
 * images take no heap.
 *
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param crc32c checksum of the pixels' file
 * @param slides [6 * S], colours of each slide
 * @param entries [4 * N], in the order of the images' filenames, so that the same seed shuffles them in the same way
 */
record CacheIndex(int height, int width, long crc32c, FloatBuffer slides, IntBuffer entries) {
    /** Slide of an image whose slide nobody knows. */
    static final int UNKNOWN = -1;

    private static final String INDEX = "index.bin";
    private static final String PIXELS = "pixels.rgb";
    private static final int HEADER = 3 * Integer.BYTES + Long.BYTES;
    private static final int ENTRY = 4;

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

    /** Colours of the slide that an image is of. */
    Optional<ColourStatistics> slide(int image) {
        int slide = entries.get(ENTRY * image + 3);
        return slide == UNKNOWN
                ? Optional.empty()
                : Optional.of(ColourStatistics.of(slides, ColourStatistics.NUMBERS * slide));
    }

    long imageBytes() {
        return 3L * height * width;
    }

    static Path pixels(Path folder) {
        return folder.resolve(PIXELS);
    }

    void write(Path folder) throws IOException {
        int content = HEADER + slides.limit() * Float.BYTES + entries.limit() * Integer.BYTES;
        ByteBuffer bytes = ByteBuffer.allocate(content + Long.BYTES);
        bytes.putInt(height).putInt(width).putLong(crc32c).putInt(slides.limit() / ColourStatistics.NUMBERS);
        bytes.asFloatBuffer().put(slides.duplicate().rewind());
        bytes.position(HEADER + slides.limit() * Float.BYTES);
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
            int height = bytes.getInt();
            int width = bytes.getInt();
            long crc32c = bytes.getLong();
            int slides = ColourStatistics.NUMBERS * bytes.getInt();
            int entries = HEADER + slides * Float.BYTES;
            if (entries < HEADER || entries > content) {
                throw new CorruptCacheException("the index is of another version");
            }
            return new CacheIndex(
                    height,
                    width,
                    crc32c,
                    bytes.slice().asFloatBuffer().limit(slides),
                    bytes.limit(content).position(entries).slice().asIntBuffer());
        }
    }

    private static long checksum(ByteBuffer bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(0).limit(length));
        return checksum.getValue();
    }
}
