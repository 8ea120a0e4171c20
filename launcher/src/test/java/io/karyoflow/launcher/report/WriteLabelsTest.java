package io.karyoflow.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.launcher.data.JobData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLabelsTest {
    @TempDir
    Path folder;

    @Test
    void labelsComeInTheOrderOfTheExampleAndInTheFormOfTheTrainingLabels() throws IOException {
        Map<String, Prediction> predictions = Map.of(
                "1.png", prediction(2, "muscle"), "2.png", prediction(0, "normal"), "10.png", prediction(1, "x,y"));

        assertThat(labels("2.png,0\n", "Filename,Label\n10.png,0\n1.png,0\n", predictions))
                .containsExactly("Filename,Label", "10.png,1", "1.png,2", "2.png,0");
        assertThat(labels("2.png,normal\n", null, predictions))
                .containsExactly("Filename,Label", "1.png,muscle", "2.png,normal", "10.png,\"x,y\"");
    }

    private List<String> labels(String trainingRows, String example, Map<String, Prediction> predictions)
            throws IOException {
        Files.createDirectories(folder.resolve("train"));
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n" + trainingRows);
        Files.deleteIfExists(folder.resolve("example.csv"));
        if (example != null) {
            Files.writeString(folder.resolve("example.csv"), example);
        }
        WriteLabels.write(folder.resolve("labels.csv"), JobData.in(folder), predictions);
        return Files.readAllLines(folder.resolve("labels.csv"));
    }

    private static Prediction prediction(int label, String className) {
        return new Prediction(
                "r",
                "i",
                "f",
                null,
                null,
                null,
                null,
                label,
                className,
                List.of(),
                "m",
                Instant.EPOCH,
                Instant.EPOCH,
                1,
                null);
    }
}
