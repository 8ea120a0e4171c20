package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ImageSizes;
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
 * What a cached data set consists of: two files in one folder, the pixels and this index. The index's file has the number of
 * its format, height and width, the four numbers of the sizes before (4 bytes each), the pixels' checksum (8 bytes), the
 * numbers of slides and of images (4 bytes each), for each slide the six numbers of its colours (4 bytes each), for each
 * image its label, its fold, its slot, which is the place in the pixels' file counted in images, and its slide (4 bytes
 * each), then the names of images and slides, and its own checksum (8 bytes). It is mapped into memory, so that a million
 * images take no heap.
 *
 * @param height of every image, in pixels
 * @param width of every image, in pixels
 * @param sizes of the images before they were brought to that height and width
 * @param crc32c checksum of the pixels' file
 * @param slides [6 * S], colours of each slide
 * @param entries [4 * N], in the order of the images' filenames, so that the same seed shuffles them in the same way
 * @param names [N + S], filenames of the images, then the groups that slides are known by
 */
record CacheIndex(
        int height, int width, ImageSizes sizes, long crc32c, FloatBuffer slides, IntBuffer entries, CacheNames names) {
    /** Slide of an image whose slide nobody knows. */
    static final int UNKNOWN = -1;

    /**
     * To be changed whenever one of the files is; what has another one lies in another folder. The index began with the
     * height, which was smaller, before it had names.
     */
    static final int FORMAT = 0x6b660003;

    private static final String INDEX = "index.bin";
    private static final String PIXELS = "pixels.rgb";
    private static final int HEADER = 9 * Integer.BYTES + Long.BYTES;
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
        int slide = slideNumber(image);
        return slide == UNKNOWN
                ? Optional.empty()
                : Optional.of(ColourStatistics.of(slides, ColourStatistics.NUMBERS * slide));
    }

    String filename(int image) {
        return names.get(image);
    }

    Optional<String> group(int image) {
        int slide = slideNumber(image);
        return slide == UNKNOWN ? Optional.empty() : Optional.of(names.get(images() + slide));
    }

    private int slideNumber(int image) {
        return entries.get(ENTRY * image + 3);
    }

    long imageBytes() {
        return 3L * height * width;
    }

    static Path pixels(Path folder) {
        return folder.resolve(PIXELS);
    }

    void write(Path folder) throws IOException {
        int numbers = slides.limit() * Float.BYTES + entries.limit() * Integer.BYTES;
        int content = Math.addExact(HEADER + numbers, names.bytes());
        ByteBuffer bytes = ByteBuffer.allocate(content + Long.BYTES);
        bytes.putInt(FORMAT).putInt(height).putInt(width);
        bytes.putInt(sizes.heightFrom()).putInt(sizes.heightTo());
        bytes.putInt(sizes.widthFrom()).putInt(sizes.widthTo());
        bytes.putLong(crc32c);
        bytes.putInt(slides.limit() / ColourStatistics.NUMBERS).putInt(images());
        next(bytes, slides.limit() * Float.BYTES)
                .asFloatBuffer()
                .put(slides.duplicate().rewind());
        next(bytes, entries.limit() * Integer.BYTES)
                .asIntBuffer()
                .put(entries.duplicate().rewind());
        names.writeTo(bytes);
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
            bytes.limit(content);
            if (bytes.getInt() != FORMAT) {
                throw new CorruptCacheException("the index is of another version");
            }
            int height = bytes.getInt();
            int width = bytes.getInt();
            ImageSizes sizes = new ImageSizes(bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt());
            long crc32c = bytes.getLong();
            int slides = bytes.getInt();
            int images = bytes.getInt();
            return new CacheIndex(
                    height,
                    width,
                    sizes,
                    crc32c,
                    next(bytes, slides * ColourStatistics.NUMBERS * Float.BYTES).asFloatBuffer(),
                    next(bytes, images * ENTRY * Integer.BYTES).asIntBuffer(),
                    CacheNames.read(bytes, images + slides));
        }
    }

    /** Some bytes from the position on, which moves behind them. */
    private static ByteBuffer next(ByteBuffer bytes, int count) {
        ByteBuffer next = bytes.slice(bytes.position(), count);
        bytes.position(bytes.position() + count);
        return next;
    }

    private static long checksum(ByteBuffer bytes, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate().position(0).limit(length));
        return checksum.getValue();
    }
}
