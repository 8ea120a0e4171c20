package io.karyoflow.trainer.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}|not JSON",
                "[]|not a JSON object",
                "{\"x\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}|unknown type 'F31'",
                "{\"x\":{\"shape\":[2],\"data_offsets\":[0,8]}}|unknown type ''",
                "{\"x\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}|no usable shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|no usable shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}|no usable shape",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}|would lie at [0]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|would lie at [0,12] of 8 bytes",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|would lie at [8,0]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|8 bytes, which are not F32 [3]",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}|larger than any file",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|end at byte 4 of 8",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|tensor 'x' begins at byte 4",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"y\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|tensor 'y' begins at byte 4, within",
                "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|Duplicate field 'x'"
            })
    void headerThatDoesNotDescribeTheFileIsRefused(String header, String problem) throws IOException {
        Path file = WriteSafeTensors.raw(folder.resolve("weights"), header, new byte[8]);

        assertThatThrownBy(() -> SafeTensors.open(file))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void fileThatWasCutShortOrIsSomethingElseIsRefused() throws IOException {
        Path whole = one("F32", "[2]", "0000803f00000040");
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {0, 7, 8, 20, bytes.length - 1}) {
            Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensors.open(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(UnusableWeightsException.class)
                    .hasMessageContaining("safetensors file");
        }
        Path text = Files.writeString(folder.resolve("text"), "a readme, not weights");
        assertThatThrownBy(() -> SafeTensors.open(text))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessageContaining("its header would have");
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
