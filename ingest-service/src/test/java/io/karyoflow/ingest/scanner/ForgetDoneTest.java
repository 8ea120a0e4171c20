package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @Test
    void aLinkToAnotherDiskStays(@TempDir Path watched) throws IOException {
        Path link = Files.createSymbolicLink(watched.resolve("done"), done);

        int deleted = new ForgetDone(link).before(Instant.now().plusSeconds(60));

        assertThat(deleted).isEqualTo(2);
        assertThat(link).isSymbolicLink();
        assertThat(done).isEmptyDirectory();
    }

    @Test
    void whatCannotBeDeletedIsSaidAndDoesNotKeepTheOthers() throws IOException {
        // Given a path that is too long for the system, since root may delete any file
        Path deep = Files.createDirectories(done.resolve(("o".repeat(99) + "/").repeat(21)));
        Files.writeString(deep.resolve("c.png"), "c");
        Path moved = Files.createDirectories(done.resolve(("p".repeat(99) + "/").repeat(22)))
                .resolve("o");
        Files.move(done.resolve("o".repeat(99)), moved);
        for (int i = 0; i < 20; i++) {
            Files.writeString(Files.createDirectory(done.resolve("slide " + i)).resolve("d.png"), "d");
        }

        assertThatThrownBy(() -> new ForgetDone(done).before(Instant.now().plusSeconds(60)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("oooo");

        assertThat(done).isDirectoryNotContaining(path -> !path.endsWith("p".repeat(99)));
        Files.move(moved, done.resolve("o")); // else nobody could delete it afterwards
        assertThat(done.resolve("o").resolve(("o".repeat(99) + "/").repeat(20) + "c.png"))
                .exists();
    }
}
