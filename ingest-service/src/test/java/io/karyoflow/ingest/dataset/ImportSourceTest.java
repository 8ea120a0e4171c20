package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportSourceTest {
    @TempDir
    Path uploads;

    @Test
    void anUploadIsReceivedAsAWholeOrNotAtAll() throws Exception {
        Path folder = uploads.resolve("id");
        ImportSource source = new ImportSource(folder.resolve("upload.csv"), folder.resolve("upload.zip"), true);
        Path csv = Files.writeString(uploads.resolve("csv"), "Filename,Label");

        assertThatThrownBy(() -> source.receive(csv, uploads.resolve("gone"))).isInstanceOf(IOException.class);
        assertThat(folder).doesNotExist();

        Files.writeString(csv, "Filename,Label");
        source.receive(csv, Files.writeString(uploads.resolve("archive"), "zip"));
        assertThat(source.csv()).hasContent("Filename,Label");
        assertThat(source.images()).hasContent("zip");
    }
}
