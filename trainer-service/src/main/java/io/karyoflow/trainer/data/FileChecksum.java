package io.karyoflow.trainer.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** CRC-32C of a file's content, read once from begin to end. */
final class FileChecksum {
    private static final int AT_ONCE = 1 << 20;

    private FileChecksum() {}

    /**
     * @param bytes how many, from the first on; at most the file's size
     * @param stillWanted called often; what it throws ends the reading
     */
    static long of(Path file, long bytes, Runnable stillWanted) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(AT_ONCE);
        try (FileChannel channel = FileChannel.open(file)) {
            long left = bytes;
            while (left > 0 && channel.read(buffer.clear().limit((int) Math.min(left, AT_ONCE))) >= 0) {
                stillWanted.run();
                left -= buffer.flip().remaining();
                checksum.update(buffer);
            }
        }
        return checksum.getValue();
    }
}
