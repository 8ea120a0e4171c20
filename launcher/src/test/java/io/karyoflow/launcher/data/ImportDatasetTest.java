package io.karyoflow.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.Split;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.launcher.LocalServer;
import io.karyoflow.launcher.client.IngestClient;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Patience;
import io.karyoflow.launcher.progress.Progress;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportDatasetTest {
    private final Clock clock = Clock.systemUTC();
    private final Progress progress = new Progress(new PrintStream(OutputStream.nullOutputStream()), false, clock);
    private final Patience patience = new Patience(progress, clock, Duration.ofMinutes(1), Path.of("logs"), () -> {});

    @Test
    void ofADataSetWithFaultsItIsSaidWhichTheyAreAndWhatToDo() throws IOException {
        String rejected =
                """
                {"id": "d1", "state": "REJECTED", "error": "the data set has problems", "problemCount": 1,
                 "problems": [{"file": "3.png", "kind": "FILE_WITHOUT_ROW", "reason": "the CSV has no row for it"}]}""";
        try (LocalServer ingest = new LocalServer(request -> rejected)) {
            ImportDataset importDataset = new ImportDataset(new IngestClient(ingest.uri()), patience);

            assertThatThrownBy(() -> importDataset.run("nuclei", "nuclei", false))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("3.png: the CSV has no row for it")
                    .hasMessageContaining("Each row of train.csv needs its file");
        }
    }

    @Test
    void itIsSaidHowTheDataWereSplitAndWhatThatIsWorth() {
        assertThat(inWords(Kind.GROUPED_STRATIFIED)).contains("Group column").doesNotContain("flatter");
        assertThat(inWords(Kind.STRATIFIED)).contains("random").contains("flatter");
        assertThat(inWords(Kind.GROUPED_GIVEN)).contains("Fold column").doesNotContain("flatter");
        assertThat(inWords(Kind.GIVEN)).contains("Fold column").contains("flatter");
    }

    private static String inWords(Kind kind) {
        return ImportDataset.splitInWords(new DatasetRegistered(
                "d",
                "nuclei",
                List.of("epithelium", "muscle"),
                4,
                List.of(2, 2),
                List.of(List.of(1, 1), List.of(1, 1)),
                null,
                new Split(kind, 0, 2, null),
                List.of(),
                Instant.EPOCH));
    }
}
