package io.karyoflow.ingest.image;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.image.UndecodableImageException.Kind;
import io.karyoflow.common.message.Sha256;

/** Decides whether bytes are an image that every service behind ingest can use. */
public final class CheckImage {
    /** With its headers an image must fit into a Kafka record. */
    private static final int LARGEST = 15 * 1024 * 1024;

    private final ImageDecoder decoder;
    private final int maxBytes;

    /** @throws IllegalArgumentException if the configuration allows what could not be published */
    public CheckImage(ImageConfig config) {
        if (config.maxBytes() < 1 || config.maxBytes() > LARGEST) {
            throw new IllegalArgumentException(
                    "karyoflow.image.max-bytes is " + config.maxBytes() + "; it must be from 1 to " + LARGEST);
        }
        this.decoder = new ImageDecoder(config.maxPixels());
        this.maxBytes = config.maxBytes();
    }

    /** Reading one byte more than this is enough for {@link #check} to refuse the image. */
    public int maxBytes() {
        return maxBytes;
    }

    /** @throws UndecodableImageException if they are not; the message says why and what to do */
    public CheckedImage check(byte[] bytes) throws UndecodableImageException {
        if (bytes.length > maxBytes) {
            throw new UndecodableImageException(
                    Kind.TOO_LARGE,
                    "the image has more than " + maxBytes + " bytes; cut it into patches"
                            + (maxBytes < LARGEST ? ", or raise the limit karyoflow.image.max-bytes" : ""));
        }
        String contentType = decoder.decode(bytes).contentType();
        return new CheckedImage(Sha256.of(bytes), contentType, bytes);
    }
}
