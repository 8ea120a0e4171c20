package io.karyoflow.common.image;

import io.karyoflow.common.image.UndecodableImageException.Kind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * A PNG's own checksums, which Java's reader does not look at: it would decode flipped bits to other pixels, and take a
 * file whose end is missing.
 *
 * @see <a href="https://www.w3.org/TR/png-3/#5Chunk-layout">PNG, Chunk layout</a>
 */
final class PngChunks {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int IEND = 0x49454E44;
    private static final int LENGTH_TYPE_CHECKSUM = 12;

    private PngChunks() {}

    /**
     * Passes whatever is not a PNG.
     *
     * @throws UndecodableImageException if a chunk is cut short or does not have its checksum, or the last is missing
     */
    static void check(byte[] bytes) throws UndecodableImageException {
        if (bytes.length < SIGNATURE.length || !Arrays.equals(SIGNATURE, Arrays.copyOf(bytes, SIGNATURE.length))) {
            return;
        }
        ByteBuffer png = ByteBuffer.wrap(bytes);
        int at = SIGNATURE.length;
        while (bytes.length - at >= LENGTH_TYPE_CHECKSUM) {
            long length = png.getInt(at) & 0xFFFFFFFFL;
            if (length > bytes.length - at - LENGTH_TYPE_CHECKSUM) {
                break;
            }
            CRC32 checksum = new CRC32();
            checksum.update(bytes, at + 4, 4 + (int) length);
            if ((int) checksum.getValue() != png.getInt(at + 8 + (int) length)) {
                throw new UndecodableImageException(
                        Kind.BROKEN, "the image is broken: a checksum inside does not match, bytes were changed");
            }
            if (png.getInt(at + 4) == IEND) {
                return;
            }
            at += LENGTH_TYPE_CHECKSUM + (int) length;
        }
        throw new UndecodableImageException(
                Kind.BROKEN, "the image is truncated: it ends after " + bytes.length + " bytes, before its last chunk");
    }
}
