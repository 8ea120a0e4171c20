package io.karyoflow.trainer.persistence;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/** The bytes of a checkpoint as rows of a few megabytes each. */
final class CheckpointParts {
    private static final int PART_BYTES = 4 << 20;

    private CheckpointParts() {}

    /** Writes one row for each part that is full, and one for the rest when it is closed. */
    static final class Writer extends OutputStream {
        private final Handle handle;
        private final String trialId;
        private final byte[] part = new byte[PART_BYTES];
        private int filled;
        private int parts;
        private long bytes;

        Writer(Handle handle, String trialId) {
            this.handle = handle;
            this.trialId = trialId;
        }

        /** written so far */
        long bytes() {
            return bytes;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] values, int from, int length) {
            for (int at = from; at < from + length; ) {
                int count = Math.min(from + length - at, PART_BYTES - filled);
                System.arraycopy(values, at, part, filled, count);
                filled += count;
                at += count;
                if (filled == PART_BYTES) {
                    insert();
                }
            }
            bytes += length;
        }

        @Override
        public void close() {
            if (filled > 0) {
                insert();
            }
        }

        private void insert() {
            handle.createUpdate(
                            "INSERT INTO trial_checkpoint_part (trial_id, part, bytes) VALUES (:trial, :part, :bytes)")
                    .bind("trial", trialId)
                    .bind("part", parts++)
                    .bind("bytes", Arrays.copyOf(part, filled))
                    .execute();
            filled = 0;
        }
    }

    /** Reads one row after the other. */
    static final class Reader extends InputStream {
        private final Handle handle;
        private final String trialId;
        private ByteArrayInputStream part = new ByteArrayInputStream(new byte[0]);
        private int parts;

        Reader(Handle handle, String trialId) {
            this.handle = handle;
            this.trialId = trialId;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (length == 0) {
                return 0;
            }
            int count = part.read(into, from, length);
            while (count < 0 && next()) {
                count = part.read(into, from, length);
            }
            return count;
        }

        private boolean next() {
            return handle.createQuery(
                            "SELECT bytes FROM trial_checkpoint_part WHERE trial_id = :trial AND part = :part")
                    .bind("trial", trialId)
                    .bind("part", parts++)
                    .mapTo(byte[].class)
                    .findOne()
                    .map(bytes -> {
                        part = new ByteArrayInputStream(bytes);
                        return true;
                    })
                    .orElse(false);
        }
    }
}
