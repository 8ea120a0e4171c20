package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookForFilesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    /** The higher the number the older. */
    @BeforeEach
    void fiveFiles() throws IOException {
        Files.createDirectories(folder.resolve("slide"));
        for (int hours = 0; hours < 5; hours++) {
            Path file = Files.createFile(folder.resolve((hours % 2 == 0 ? "" : "slide/") + hours + ".png"));
            Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofHours(hours))));
        }
    }

    @Test
    void ofMoreFilesThanAreWantedTheOldestAreFound() throws IOException {
        assertThat(found(3, file -> false)).containsExactly("4.png", "slide/3.png", "2.png");
        assertThat(found(100, file -> false)).containsExactly("4.png", "slide/3.png", "2.png", "slide/1.png", "0.png");
    }

    @Test
    void filesThatMustWaitTakeNobodysPlace() throws IOException {
        assertThat(found(3, file -> file.endsWith("3.png"))).containsExactly("4.png", "2.png", "slide/1.png");
    }

    @Test
    void aFolderWhoseListingBreaksOffIsSaidAndDoesNotEndTheWalk() throws IOException {
        LookForFiles files = new LookForFiles(folder, 3, file -> false);

        FileVisitResult result =
                files.postVisitDirectory(folder.toRealPath().resolve("slide"), new IOException("Input/output error"));

        assertThat(result).isEqualTo(FileVisitResult.CONTINUE);
        assertThat(files.unreadable()).containsOnlyKeys(folder.resolve("slide"));
    }

    private Stream<String> found(int most, Predicate<Path> mustWait) throws IOException {
        LookForFiles files = new LookForFiles(folder, most, mustWait);
        files.walk();
        return files.oldestFirst().stream()
                .map(file -> folder.relativize(file.path()).toString());
    }
}
