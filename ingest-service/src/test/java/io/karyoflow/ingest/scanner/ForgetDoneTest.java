package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetDoneTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path done;

    private Path lone;
    private Path ofSlide;

    @BeforeEach
    void putAway() throws IOException {
        lone = Files.writeString(done.resolve("a.png"), "a");
        ofSlide = Files.writeString(
                Files.createDirectories(done.resolve("monday/slide 7")).resolve("b.png"), "b");
        Files.setLastModifiedTime(ofSlide, FileTime.from(LONG_AGO));
    }

    @Test
    void aFileIsKeptForLongAfterItWasPutAwayHoweverOldItIs() throws IOException {
        int deleted = new ForgetDone(done).before(LONG_AGO.plusSeconds(3600));

        assertThat(deleted).isZero();
        assertThat(lone).exists();
        assertThat(ofSlide).exists();
    }

    @Test
    void afterwardsItGoesAndSoDoFoldersThatHaveNoneLeft() throws IOException {
        int deleted = new ForgetDone(done).before(Instant.now().plusSeconds(60));

        assertThat(deleted).isEqualTo(2);
        assertThat(done).isEmptyDirectory();
    }
}
