package io.karyoflow.common.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes PNG, JPEG, TIFF, BMP and GIF to RGB. An image that is cut short is refused, not filled up with grey.
 *
 * @param maxPixels images with more pixels (width x height) are refused before their pixels are read
 */
public record ImageDecoder(long maxPixels) {
    /** 2048 x 2048 */
    public static final long DEFAULT_MAX_PIXELS = 4_194_304;

    static {
        ImageIO.setUseCache(false);
    }

    /** A decoded image with the content type that its bytes show, whatever its name says. */
    public record Decoded(RgbImage image, String contentType) {}

    /** @throws UndecodableImageException with the reason: empty, not an image, too large, or broken */
    public Decoded decode(byte[] bytes) throws UndecodableImageException {
        if (bytes.length == 0) {
            throw new UndecodableImageException("the file is empty (zero bytes)");
        }
        try (ImageInputStream input = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            if (!readers.hasNext()) {
                throw new UndecodableImageException("not an image in a known format (PNG, JPEG, TIFF, BMP, GIF)");
            }
            ImageReader reader = readers.next();
            try {
                return decode(reader, input);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            throw new UndecodableImageException("the image is truncated or broken: " + e.getMessage(), e);
        }
    }

    private Decoded decode(ImageReader reader, ImageInputStream input) throws IOException, UndecodableImageException {
        String format = reader.getFormatName().toLowerCase(Locale.ROOT);
        reader.setInput(input, true, true);
        long width = reader.getWidth(0);
        long height = reader.getHeight(0);
        if (width * height > maxPixels) {
            throw new UndecodableImageException(
                    "the image has " + width + " x " + height + " pixels, more than the limit of " + maxPixels
                            + "; cut it into patches, or raise the limit karyoflow.image.max-pixels");
        }
        String[] warning = new String[1];
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, text) -> warning[0] = text);
        RgbImage image = RgbImage.of(reader.read(0, new ImageReadParam()));
        if (warning[0] != null && warning[0].toLowerCase(Locale.ROOT).matches(".*(truncat|premature|end of|eof).*")) {
            throw new UndecodableImageException("the image is truncated: " + warning[0]);
        }
        return new Decoded(image, "image/" + ("jpg".equals(format) ? "jpeg" : format));
    }
}
