package io.karyoflow.launcher.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteResultsTest {
    @TempDir
    Path folder;

    @Test
    void nothingOfAnEarlierJobIsLeftBeforeThisOneHasResults() throws IOException {
        Path attributions = Files.createDirectories(folder.resolve("attributions/muscle"));
        List<Path> earlier = List.of(
                folder.resolve("labels.csv"),
                folder.resolve("report.json"),
                folder.resolve("curves.png"),
                folder.resolve("confusion-matrix.png"),
                attributions.resolve("9-saliency.png"));
        for (Path file : earlier) {
            Files.createFile(file);
        }
        Files.createFile(folder.resolve("notes.txt"));

        new WriteResults(folder).deleteEarlier();

        assertThat(earlier).noneMatch(Files::exists);
        assertThat(folder.resolve("notes.txt")).as("what is not ours").exists();
        assertThatCode(() -> new WriteResults(folder.resolve("new")).deleteEarlier())
                .doesNotThrowAnyException();
    }
}
