package io.karyoflow.ingest.image;

/**
 * An encoded image that has been decoded once, so that it is known to be whole.
 *
 * @param id SHA-256 of {@code bytes}, 64 hexadecimal digits
 * @param contentType what the bytes are, whatever the file's name says
 * @param bytes as they came; none if they are not needed any more
 */
public record CheckedImage(String id, String contentType, byte[] bytes) {
    private static final byte[] NONE = {};

    CheckedImage withoutBytes() {
        return new CheckedImage(id, contentType, NONE);
    }
}
