package io.karyoflow.tuner.persistence;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stored value, read slice by slice as far as it is wanted: all of it at once would be in memory three times, because the
 * driver gets it as hexadecimal digits until it has prepared the statement. Nobody need hold a connection between slices, so
 * a slow reader costs none; but the value must not be another one by then.
 */
final class SlicedBytes extends InputStream {
    private static final int SLICE_BYTES = 256 << 10;

    private final int size;
    private final Slices slices;
    private ByteArrayInputStream slice = new ByteArrayInputStream(new byte[0]);
    private int fetched;

    /** Fetches {@code count} bytes of the value; {@code from} is 0 for its first one. */
    interface Slices {
        byte[] fetch(int from, int count);
    }

    SlicedBytes(int size, Slices slices) {
        this.size = size;
        this.slices = slices;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        if (slice.available() == 0 && fetched < size) {
            next();
        }
        return slice.read(into, from, length);
    }

    private void next() throws IOException {
        byte[] bytes = slices.fetch(fetched, Math.min(SLICE_BYTES, size - fetched));
        if (bytes.length == 0) {
            throw new EOFException("the stored value has " + fetched + " bytes instead of " + size);
        }
        fetched += bytes.length;
        slice = new ByteArrayInputStream(bytes);
    }
}
