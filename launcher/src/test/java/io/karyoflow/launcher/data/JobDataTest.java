package io.karyoflow.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobDataTest {
    @TempDir
    Path folder;

    @BeforeEach
    void labelledImages() throws IOException {
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n2.png,0\n10.png,1\n");
        zip("train.zip", "2.png", "10.png");
    }

    @Test
    void imagesAreReadFromAnArchiveWhateverFolderTheyLieIn() throws IOException {
        zip("test.zip", "test/10.png", "test/9.png", "__MACOSX/test/._9.png", "test/.DS_Store");

        Images images = JobData.in(folder).unlabelled().orElseThrow();

        assertThat(images.names()).containsExactly("9.png", "10.png");
        assertThat(images.read("9.png")).asString().isEqualTo("bytes of test/9.png");
    }

    @Test
    void imagesAreReadFromAFolder() throws IOException {
        Files.createDirectories(folder.resolve("test/slide 1"));
        Files.writeString(folder.resolve("test/slide 1/a.png"), "a");
        Files.writeString(folder.resolve("test/7.png"), "7");

        Images images = JobData.in(folder).unlabelled().orElseThrow();

        assertThat(images.names()).containsExactly("7.png", "a.png");
        assertThat(images.read("a.png")).asString().isEqualTo("a");
    }

    @Test
    void twoFilesOfTheSameNameCouldNotBeToldApart() throws IOException {
        zip("test.zip", "slide1/1.png", "slide2/1.png");

        assertThatThrownBy(() -> JobData.in(folder))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("slide1/1.png")
                .hasMessageContaining("slide2/1.png");
    }

    @Test
    void unlabelledImagesMayBeAbsent() {
        JobData data = JobData.in(folder);

        assertThat(data.unlabelled()).isEmpty();
        assertThat(data.wantedOrder()).isEmpty();
        assertThat(data.truth()).isEmpty();
    }

    @Test
    void labelsAreReadByColumnNameWhateverTheOrderAndTheFormOfTheFile() throws IOException {
        Files.writeString(
                folder.resolve("example.csv"), "\uFEFFlabel,group,FILENAME\r\n1,a,\"z.png\"\r\n\r\n0,b,c.png\r\n");

        JobData data = JobData.in(folder);

        assertThat(data.wantedOrder()).contains(List.of("z.png", "c.png"));
        assertThat(LabelTable.read(folder.resolve("example.csv"))).containsEntry("z.png", "1");
    }

    @Test
    void aTableWithoutTheColumnSaysWhichIsMissing() throws IOException {
        Files.writeString(folder.resolve("example.csv"), "File,Label\n");

        assertThatThrownBy(() -> JobData.in(folder).wantedOrder()).hasMessageContaining("no column Filename");
    }

    private void zip(String name, String... entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(("bytes of " + entry).getBytes());
            }
        }
    }
}
