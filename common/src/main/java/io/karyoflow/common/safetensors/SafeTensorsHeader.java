package io.karyoflow.common.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a safetensors file says of itself: eight bytes that tell how long its JSON header is (little-endian), the header; the
 * numbers follow. Unlike a pickled checkpoint it can hold no code.
 *
 * @param dataStart the first byte of the numbers
 * @param tensors by name, in the header's order
 */
public record SafeTensorsHeader(long dataStart, Map<String, TensorEntry> tensors) {
    /** the format's own limit */
    private static final long MAX_BYTES = 100_000_000;

    /**
     * @throws BrokenSafeTensorsException if it is not a whole safetensors file
     * @throws IOException if it cannot be read
     */
    public static SafeTensorsHeader read(Path file) throws IOException, BrokenSafeTensorsException {
        try (FileChannel channel = FileChannel.open(file)) {
            long headerBytes = next(channel, Long.BYTES, file).getLong();
            long dataStart = Long.BYTES + headerBytes;
            if (headerBytes < 2 || headerBytes > MAX_BYTES || dataStart > channel.size()) {
                throw new BrokenSafeTensorsException(file + " is no safetensors file: its header would have "
                        + Long.toUnsignedString(headerBytes) + " bytes, the file has " + channel.size());
            }
            byte[] json = next(channel, (int) headerBytes, file).array();
            return new SafeTensorsHeader(
                    dataStart, SafeTensorsEntries.read(file.toString(), json, channel.size() - dataStart));
        }
    }

    private static ByteBuffer next(FileChannel channel, int bytes, Path file)
            throws IOException, BrokenSafeTensorsException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new BrokenSafeTensorsException(
                        file + " is no safetensors file: it ends after " + channel.size() + " bytes");
            }
        }
        return buffer.flip();
    }
}
