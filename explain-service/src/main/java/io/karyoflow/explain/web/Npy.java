package io.karyoflow.explain.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Arrays as {@code numpy.load} reads them: <a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">format version 1.0</a>, float32,
 * little-endian, in C order.
 */
final class Npy {
    private static final byte[] MAGIC_AND_VERSION = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int ALIGNMENT = 64;

    private Npy() {}

    /** @param shape its product is the number of values */
    record Array(List<Integer> shape, float[] values) {}

    /** One array: {@code .npy}. */
    static byte[] npy(Array array) {
        String shape = array.shape().stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ",)"));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
        int unpadded = MAGIC_AND_VERSION.length + Short.BYTES + header.length() + 1;
        header += " ".repeat((ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT) + "\n";
        ByteBuffer npy = ByteBuffer.allocate(
                        MAGIC_AND_VERSION.length + Short.BYTES + header.length() + array.values().length * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        npy.put(MAGIC_AND_VERSION).putShort((short) header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
        npy.asFloatBuffer().put(array.values());
        return npy.array();
    }

    /** Several arrays by name: {@code .npz}, a zip that is not compressed, as {@code numpy.savez} writes it. */
    static byte[] npz(Map<String, Array> arrays) {
        ByteArrayOutputStream npz = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(npz)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, Array> array : arrays.entrySet()) {
                byte[] npy = npy(array.getValue());
                CRC32 crc = new CRC32();
                crc.update(npy);
                ZipEntry entry = new ZipEntry(array.getKey() + ".npy");
                entry.setSize(npy.length);
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(npy);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a zip into memory", e);
        }
        return npz.toByteArray();
    }
}
