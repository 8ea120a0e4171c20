package io.karyoflow.explain.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class NpyTest {
    private static final Npy.Array ARRAY = new Npy.Array(List.of(2, 3), new float[] {1, -2.5f, 3, 0, 5e-7f, Float.NaN});

    /** Byte by byte as the format is specified. */
    @Test
    void writesNumPysFormat() {
        ByteBuffer npy = ByteBuffer.wrap(Npy.npy(ARRAY)).order(ByteOrder.LITTLE_ENDIAN);

        byte[] magic = new byte[8];
        npy.get(magic);
        assertThat(magic).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        byte[] header = new byte[npy.getShort()];
        npy.get(header);
        assertThat(npy.position() % 64).isZero();
        assertThat(new String(header, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3,), }")
                .endsWith(" \n");
        float[] values = new float[6];
        npy.asFloatBuffer().get(values);
        assertThat(values).containsExactly(ARRAY.values());
        assertThat(npy.remaining()).isEqualTo(6 * Float.BYTES);
    }

    @Test
    void writesSeveralArraysByName() throws Exception {
        Map<String, Npy.Array> arrays = new LinkedHashMap<>();
        arrays.put("saliency", ARRAY);
        arrays.put("occlusion", new Npy.Array(List.of(1), new float[] {7}));

        try (ZipInputStream npz = new ZipInputStream(new ByteArrayInputStream(Npy.npz(arrays)))) {
            assertThat(npz.getNextEntry().getName()).isEqualTo("saliency.npy");
            assertThat(npz.readAllBytes()).isEqualTo(Npy.npy(ARRAY));
            assertThat(npz.getNextEntry().getName()).isEqualTo("occlusion.npy");
            assertThat(npz.readAllBytes()).isEqualTo(Npy.npy(arrays.get("occlusion")));
            assertThat(npz.getNextEntry()).isNull();
        }
    }
}
