package io.karyoflow.common.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsHeaderTest {
    private static final String TWO_FLOATS = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    @TempDir
    Path folder;

    @Test
    void saysWhereTheTensorsLie() throws Exception {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,3],\"data_offsets\":[4,10]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}  ";

        SafeTensorsHeader read = SafeTensorsHeader.read(write(header, new byte[10]));

        assertThat(read.dataStart()).isEqualTo(8 + header.length());
        assertThat(read.tensors()).containsOnlyKeys("b", "a");
        assertThat(read.tensors().get("b"))
                .usingRecursiveComparison()
                .isEqualTo(new TensorEntry("BF16", new long[] {1, 3}, 4, 10));
        assertThat(read.tensors().get("a"))
                .usingRecursiveComparison()
                .isEqualTo(new TensorEntry("F32", new long[0], 0, 4));
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
        Path file = write(header, new byte[8]);

        assertThatThrownBy(() -> SafeTensorsHeader.read(file))
                .isInstanceOf(BrokenSafeTensorsException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(problem);
    }

    @Test
    void fileThatWasCutShortOrIsSomethingElseIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(write(TWO_FLOATS, new byte[8]));
        for (int length : new int[] {0, 7, 8, 20, bytes.length - 1}) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> SafeTensorsHeader.read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(BrokenSafeTensorsException.class)
                    .hasMessageContaining("safetensors file");
        }
        Path text = Files.writeString(folder.resolve("text"), "a readme, not weights");
        assertThatThrownBy(() -> SafeTensorsHeader.read(text))
                .isInstanceOf(BrokenSafeTensorsException.class)
                .hasMessageContaining("its header would have");
        assertThatThrownBy(() -> SafeTensorsHeader.read(folder.resolve("absent")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Path write(String header, byte[] data) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        DataOutputStream out = new DataOutputStream(file);
        out.writeLong(Long.reverseBytes(json.length));
        out.write(json);
        out.write(data);
        return Files.write(folder.resolve("weights"), file.toByteArray());
    }
}
