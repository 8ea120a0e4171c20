package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetFoldersTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @BeforeEach
    void slides() throws IOException {
        for (String name :
                List.of("slide 7", "monday/slide 8", "slide 9", "kept", ".hidden", "working", "done", "rejected")) {
            Files.createDirectories(folder.resolve(name));
        }
        Files.createFile(folder.resolve("slide 9/a.png"));
        Files.createFile(folder.resolve("kept/.keep"));
        Files.setLastModifiedTime(folder.resolve("slide 7"), FileTime.from(LONG_AGO));
    }

    @Test
    void aFolderStaysForLongAfterItsLastChangeHoweverOldItsOriginalIs() throws IOException {
        assertThat(new ForgetFolders(folder, LONG_AGO.plusSeconds(3600)).delete())
                .isZero();

        assertThat(folder.resolve("slide 7")).exists();
    }

    @Test
    void afterwardsThoseGoThatScannersMadeAndThatAreEmpty() throws IOException {
        assertThat(new ForgetFolders(folder, Instant.now().plusSeconds(60)).delete())
                .isEqualTo(3);

        try (var left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("slide 9", "kept", ".hidden", "working", "done", "rejected");
        }
        assertThat(folder.resolve("slide 9/a.png")).exists();
    }

    @Test
    void aLinkToAnotherDiskStays(@TempDir Path watched) throws IOException {
        Path link = Files.createSymbolicLink(watched.resolve("inbox"), folder);

        assertThat(new ForgetFolders(link, Instant.now().plusSeconds(60)).delete())
                .isEqualTo(3);
        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("slide 9/a.png")).exists();
    }
}
