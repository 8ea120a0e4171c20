package io.karyoflow.explain.explanation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Writes a map as JSON carries it, the same in messages and over HTTP: base64 of float32 little-endian values. */
public final class EncodeMap {
    private EncodeMap() {}

    public static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
