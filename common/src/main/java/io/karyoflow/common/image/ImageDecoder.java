package io.karyoflow.common.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.karyoflow.common.image.UndecodableImageException.Kind;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG, JPEG, TIFF, BMP and GIF to RGB. An image that is cut short is refused, not filled up with grey.
 *
 * @param maxPixels images with more pixels (width x height) are refused before their pixels are read
 */
public record ImageDecoder(long maxPixels) {
    /** 2048 x 2048 */
    public static final long DEFAULT_MAX_PIXELS = 4_194_304;

    /** Threads of a process that decode side by side. Each may hold an image of the largest size, so there is a limit. */
    public static final int MOST_THREADS = 4;

    private static final Pattern CUT_SHORT =
            Pattern.compile("truncat|premature|unexpected end|end of file|eof|missing eoi", Pattern.CASE_INSENSITIVE);

    static {
        ImageIO.setUseCache(false);
        scanForPlugins();
    }

    /** Image readers are found once, by the first thread's class loader: it must be one that sees the TIFF reader. */
    private static void scanForPlugins() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ImageDecoder.class.getClassLoader());
        try {
            ImageIO.scanForPlugins();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A decoded image with the content type that its bytes show, whatever its name says. */
    public record Decoded(RgbImage image, String contentType) {}

    /**
     * What became of an image that another thread decodes.
     *
     * @param decoded null if it was refused
     * @param refusal null if it was decoded
     */
    public record Attempt(RgbImage decoded, UndecodableImageException refusal) {

        /** @throws UndecodableImageException if it was refused */
        public RgbImage image() throws UndecodableImageException {
            if (refusal != null) {
                throw refusal;
            }
            return decoded;
        }
    }

    /** The same as {@link #decode}, for threads that cannot throw. */
    public Attempt attempt(byte[] bytes) {
        try {
            return new Attempt(decode(bytes).image(), null);
        } catch (UndecodableImageException e) {
            return new Attempt(null, e);
        }
    }

    /** @throws UndecodableImageException with the reason: empty, not an image or in no colours that are known, too large, or
     *     broken */
    public Decoded decode(byte[] bytes) throws UndecodableImageException {
        if (bytes.length == 0) {
            throw new UndecodableImageException(Kind.EMPTY, "the file is empty (zero bytes)");
        }
        PngChunks.check(bytes);
        TiffDirectories.check(bytes);
        // knows its length, so that the TIFF reader makes no room for values that lie beyond it
        try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UndecodableImageException(
                        Kind.NOT_AN_IMAGE, "not an image in a known format (PNG, JPEG, TIFF, BMP, GIF)");
            }
            ImageReader reader = readers.next();
            try {
                return decode(reader, input);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new UndecodableImageException(Kind.BROKEN, "the image is truncated or broken: " + e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw new UndecodableImageException(Kind.BROKEN, "the image is broken: it is nested too deeply", e);
        }
    }

    private Decoded decode(ImageReader reader, ImageInputStream input) throws IOException, UndecodableImageException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        reader.setInput(input, true, true);
        checkSize(reader);
        if (!reader.getImageTypes(0).hasNext()) {
            throw new UndecodableImageException(
                    Kind.NOT_AN_IMAGE, "the image's colour model is not supported; save it as RGB");
        }
        String[] cutShort = new String[1];
        reader.addIIOReadWarningListener((source, warning) -> {
            if (CUT_SHORT.matcher(warning).find()) {
                cutShort[0] = warning;
            }
        });
        RgbImage image = RgbImage.of(reader.read(0));
        if (cutShort[0] != null) {
            throw new UndecodableImageException(Kind.BROKEN, "the image is truncated: " + cutShort[0]);
        }
        return new Decoded(image, "image/" + ("jpg".equals(format) ? "jpeg" : format));
    }

    private void checkSize(ImageReader reader) throws IOException, UndecodableImageException {
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > maxPixels) {
            throw new UndecodableImageException(
                    Kind.TOO_LARGE,
                    "the image has " + width + " x " + height + " pixels, more than the limit of " + maxPixels
                            + "; cut it into patches, or raise the limit karyoflow.image.max-pixels");
        }
        // a small image may lie in a large tile, and the reader makes room for a row of it
        long tileWidth = reader.getTileWidth(0);
        long tileHeight = reader.getTileHeight(0);
        if (tileWidth * tileHeight > Math.max(maxPixels, DEFAULT_MAX_PIXELS)) {
            throw new UndecodableImageException(
                    Kind.TOO_LARGE,
                    "the image is stored in tiles of " + tileWidth + " x " + tileHeight
                            + " pixels; save it with smaller ones, or without tiles");
        }
    }
}
