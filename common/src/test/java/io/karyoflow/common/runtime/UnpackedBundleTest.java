package io.karyoflow.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedBundleTest {
    @TempDir
    private Path workFolder;

    @Test
    void itsFilesLieThereUntilItIsClosed() throws IOException {
        try (UnpackedBundle files = UnpackedBundle.of(TinyModel.bundle("a"), workFolder)) {
            assertThat(Files.list(files.folder())).isNotEmpty();
        }

        assertThat(workFolder).isEmptyDirectory();
    }

    @Test
    void whatAKilledProcessHasLeftIsDeletedInTime() throws IOException {
        Path left = Files.createDirectory(workFolder.resolve("unpacked-model-a-1"));
        Files.writeString(left.resolve("saved_model.pb"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        Path inUse = Files.createDirectory(workFolder.resolve("unpacked-model-b-2"));

        UnpackedBundle.of(TinyModel.bundle("a"), workFolder).close();

        assertThat(workFolder).isDirectoryNotContaining(left::equals).isDirectoryContaining(inUse::equals);
    }

    /** The model is loaded by then, and nobody would close it. */
    @Test
    void thatItsFilesCannotBeDeletedIsNotThrown() {
        UnpackedBundle files = new UnpackedBundle(workFolder.resolve("gone"));

        assertThatCode(files::close).doesNotThrowAnyException();
    }
}
