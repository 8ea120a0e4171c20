package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.ingest.dataset.split.SplitRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImportProgressTest {
    private final FakeDatasets datasets = new FakeDatasets();
    private final ImportProgress progress = new ImportProgress(datasets, "d", Duration.ofDays(1), Clock.systemUTC());

    @BeforeEach
    void begin() {
        ImportSource source = new ImportSource(Path.of("train.csv"), Path.of("train.zip"), false);
        datasets.add(
                "d", new ImportRequest("test", source, List.of("a", "b"), OnError.REJECT, SplitRequest.folds(2, 0)));
    }

    @AfterEach
    void goOn() {
        Thread.interrupted();
    }

    @Test
    void anImportThatIsToldToStopDoesSoAtTheNextImage() {
        progress.checked();
        Thread.currentThread().interrupt();

        assertThatThrownBy(progress::checked).isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> progress.published(1)).isInstanceOf(CancellationException.class);
    }
}
