package io.karyoflow.ingest.image;

/**
 * An encoded image that has been decoded once, so that it is known to be whole.
 *
 * @param id SHA-256 of {@code bytes}, 64 hexadecimal digits
 * @param contentType what the bytes are, whatever the file's name says
 * @param bytes as they came
 */
public record CheckedImage(String id, String contentType, byte[] bytes) {}
