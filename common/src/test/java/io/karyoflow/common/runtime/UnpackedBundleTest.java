package io.karyoflow.common.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** The model is loaded by then, and nobody would close it. */
    @Test
    void thatItsFilesCannotBeDeletedIsNotThrown() {
        UnpackedBundle files = new UnpackedBundle(workFolder.resolve("gone"));

        assertThatCode(files::close).doesNotThrowAnyException();
    }
}
