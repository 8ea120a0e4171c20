package io.karyoflow.launcher.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.progress.JobFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsFileTest {
    @TempDir
    Path folder;

    @Test
    void theTensorsAreListedWithoutTheMetadata() throws Exception {
        Path file = WeightsFiles.write(folder.resolve("w.safetensors"), List.of("b", "a"));
        assertThat(WeightsFile.read(file).tensors()).containsExactly("a", "b");
    }

    @Test
    void whatIsNoSafetensorsFileIsRefusedWithTheReason() throws Exception {
        refused(folder, "is not a file");
        refused(folder.resolve("nowhere"), "is not a file");
        refused(Files.write(folder.resolve("short"), new byte[] {1, 2, 3}), "it ends after 3 bytes");
        refused(
                Files.writeString(folder.resolve("model.pth"), "PK and a pickle in a zip archive"),
                "its header would have");
        refused(WeightsFiles.write(folder.resolve("text"), "no JSON".getBytes(StandardCharsets.UTF_8)), "is not JSON");
        refused(
                WeightsFiles.write(folder.resolve("list"), "[1, 2]".getBytes(StandardCharsets.UTF_8)),
                "is not a JSON object");
    }

    @Test
    void whatWasCutShortIsRefused() throws Exception {
        byte[] header = """
                {"conv1.weight": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}}"""
                .getBytes(StandardCharsets.UTF_8);
        refused(WeightsFiles.write(folder.resolve("cut"), header), "conv1.weight");
    }

    private static void refused(Path file, String reason) {
        assertThatThrownBy(() -> WeightsFile.read(file))
                .isInstanceOf(JobFailure.class)
                .hasMessageStartingWith("--weights: " + file)
                .hasMessageContaining(reason);
    }
}
