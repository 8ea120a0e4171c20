package io.karyoflow.trainer.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatWasWritten() throws IOException {
        Map<String, WriteSafeTensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("filter", new WriteSafeTensors.Tensor(new long[] {2, 1, 2}, new float[] {1, -2.5f, 3e-9f, 4e30f}));
        tensors.put("scalar", new WriteSafeTensors.Tensor(new long[0], new float[] {7}));

        SafeTensors file = SafeTensors.open(WriteSafeTensors.to(folder.resolve("weights"), tensors));

        assertThat(file.names()).containsExactly("filter", "scalar");
        assertThat(file.shape("filter")).containsExactly(2, 1, 2);
        assertThat(file.values("filter")).containsExactly(1, -2.5f, 3e-9f, 4e30f);
        assertThat(file.values("scalar")).containsExactly(7);
    }

    @Test
    void halfPrecisionIsWidened() throws IOException {
        // Given 1.5, -2, the smallest above 0 and infinity, as IEEE 754 writes them in 16 bits, little-endian
        Path half = one("F16", "[4]", "003e" + "00c0" + "0100" + "007c");
        // and 1.5 and -2 with float's exponent
        Path brain = one("BF16", "[2]", "c03f" + "00c0");

        assertThat(SafeTensors.open(half).values("x"))
                .containsExactly(1.5f, -2f, (float) Math.pow(2, -24), Float.POSITIVE_INFINITY);
        assertThat(SafeTensors.open(brain).values("x")).containsExactly(1.5f, -2f);
    }

    @Test
    void numbersThatNoNetworkUsesMayBeThereButNotBeRead() throws IOException {
        SafeTensors file = SafeTensors.open(one("I64", "[]", "0100000000000000"));

        assertThat(file.names()).containsExactly("x");
        assertThatThrownBy(() -> file.values("x"))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("I64");
    }

    @Test
    void fileThatIsNotWholeOrNotThereIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(one("F32", "[2]", "0000803f00000040"));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> SafeTensors.open(cut))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining(cut + " is no whole safetensors file");
        assertThatThrownBy(() -> SafeTensors.open(folder.resolve("absent")))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("absent");
    }

    private Path one(String type, String shape, String data) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(data);
        return WriteSafeTensors.raw(
                folder.resolve(type),
                "{\"x\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[0," + bytes.length
                        + "]}}  ",
                bytes);
    }
}
