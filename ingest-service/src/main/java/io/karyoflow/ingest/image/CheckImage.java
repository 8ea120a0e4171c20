package io.karyoflow.ingest.image;

import io.karyoflow.common.concurrent.OrderedWork;
import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.image.UndecodableImageException.Kind;
import io.karyoflow.common.message.Sha256;
import java.io.IOException;

/** Decides whether bytes are an image that every service behind ingest can use. */
public final class CheckImage {
    /** With its headers an image must fit into a Kafka record. */
    private static final int LARGEST = 15 * 1024 * 1024;

    private final WorkThreads threads = WorkThreads.onCores("check-image", ImageDecoder.MOST_THREADS);
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

    /** Where an image is read from. */
    public interface Source {
        /** @param limit reads at most so many bytes */
        byte[] read(int limit) throws IOException;
    }

    /**
     * What became of an image that another thread has checked.
     *
     * @param file as it was brought
     * @param checked null if there was a problem
     * @param unreadable null, or why it could not be read
     * @param refused null, or why it cannot be used
     */
    public record Attempt<F>(F file, CheckedImage checked, IOException unreadable, UndecodableImageException refused) {

        /** For those who do not need the image's bytes, which may be many. */
        public Attempt<F> withoutBytes() {
            return checked == null ? this : new Attempt<>(file, checked.withoutBytes(), null, null);
        }

        public CheckedImage image() throws IOException, UndecodableImageException {
            if (unreadable != null) {
                throw unreadable;
            }
            if (refused != null) {
                throw refused;
            }
            return checked;
        }
    }

    /** For {@link #attempt}s, side by side. */
    public <F, E extends Exception> OrderedWork<Attempt<F>, E> sideBySide(OrderedWork.Results<Attempt<F>, E> results) {
        return new OrderedWork<>(threads, results);
    }

    /** Reads and checks, for threads that cannot throw. */
    public <F> Attempt<F> attempt(F file, Source source) {
        try {
            return new Attempt<>(file, check(source), null, null);
        } catch (IOException e) {
            return new Attempt<>(file, null, e, null);
        } catch (UndecodableImageException e) {
            return new Attempt<>(file, null, null, e);
        }
    }

    /** @throws UndecodableImageException if it is no image that can be used; the message says why and what to do */
    public CheckedImage check(Source source) throws IOException, UndecodableImageException {
        return check(read(source));
    }

    /** One byte more than is allowed, at most, is enough to see that there are too many. */
    public byte[] read(Source source) throws IOException {
        return source.read(maxBytes + 1);
    }

    CheckedImage check(byte[] bytes) throws UndecodableImageException {
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
