package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SETTLE = Duration.ofSeconds(2);

    private final SettledFiles settledFiles = new SettledFiles(SETTLE);

    @Test
    void aFileHasSettledWhenItHasLookedTheSameForTheTime() {
        assertThat(settledFiles.among(List.of(file(10)), NOW)).isEmpty();
        assertThat(settledFiles.among(List.of(file(20)), NOW.plusSeconds(1))).isEmpty();
        assertThat(settledFiles.among(List.of(file(20)), NOW.plusSeconds(2))).isEmpty();
        assertThat(settledFiles.among(List.of(file(20)), NOW.plusSeconds(3))).hasSize(1);
    }

    @Test
    void aClockThatIsPutBackKeepsNoFileWaitingUntilItHasCaughtUp() {
        assertThat(settledFiles.among(List.of(file(10)), NOW)).isEmpty();
        Instant putBack = NOW.minus(Duration.ofHours(1));

        assertThat(settledFiles.among(List.of(file(10)), putBack)).isEmpty();
        assertThat(settledFiles.among(List.of(file(10)), putBack.plus(SETTLE))).hasSize(1);
    }

    private static WatchedFile file(long size) {
        return new WatchedFile(Path.of("a.png"), size, FileTime.from(NOW));
    }
}
