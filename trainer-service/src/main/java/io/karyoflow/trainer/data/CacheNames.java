package io.karyoflow.trainer.data;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Names by number, so laid out that one can be read without the others: where each name ends, counted in bytes from the first
 * one's begin (4 bytes each), then all of them in UTF-8.
 *
 * @param ends [N]
 * @param utf8 one name after the other
 */
record CacheNames(IntBuffer ends, ByteBuffer utf8) {
    static CacheNames of(List<String> names) {
        IntBuffer ends = IntBuffer.allocate(names.size());
        int end = 0;
        for (String name : names) {
            end = Math.addExact(end, encoded(name).length);
            ends.put(end);
        }
        ByteBuffer utf8 = ByteBuffer.allocate(end);
        for (String name : names) {
            utf8.put(encoded(name));
        }
        return new CacheNames(ends, utf8);
    }

    /** @param bytes from the position to the limit, as {@link #writeTo} left them */
    static CacheNames read(ByteBuffer bytes, int count) {
        int ends = count * Integer.BYTES;
        return new CacheNames(
                bytes.slice(bytes.position(), ends).asIntBuffer(),
                bytes.slice(bytes.position() + ends, bytes.remaining() - ends));
    }

    void writeTo(ByteBuffer bytes) {
        for (int number = 0; number < ends.limit(); number++) {
            bytes.putInt(ends.get(number));
        }
        bytes.put(utf8.duplicate().rewind());
    }

    /** What {@link #writeTo} takes. */
    int bytes() {
        return Math.addExact(ends.limit() * Integer.BYTES, utf8.limit());
    }

    String get(int number) {
        int from = number == 0 ? 0 : ends.get(number - 1);
        byte[] name = new byte[ends.get(number) - from];
        utf8.get(from, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    private static byte[] encoded(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }
}
