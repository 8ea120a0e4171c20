package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TroubledFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Path FILE = Path.of("a.png");

    private final TroubledFiles troubledFiles = new TroubledFiles(PAUSE);

    @Test
    void aFileIsLeftAloneForThePauseAndThenTriedAgain() {
        troubledFiles.add(FILE, new IOException("denied"), NOW);

        assertThat(troubledFiles.mustWait(FILE, NOW)).isTrue();
        assertThat(troubledFiles.mustWait(FILE, NOW.plus(PAUSE).minusMillis(1))).isTrue();
        assertThat(troubledFiles.mustWait(FILE, NOW.plus(PAUSE))).isFalse();
        assertThat(troubledFiles.mustWait(Path.of("b.png"), NOW)).isFalse();
    }

    @Test
    void aClockThatIsPutBackKeepsNoFileWaitingUntilItHasCaughtUp() {
        troubledFiles.add(FILE, new IOException("denied"), NOW);

        assertThat(troubledFiles.mustWait(FILE, NOW.minus(Duration.ofHours(1)))).isFalse();
    }
}
