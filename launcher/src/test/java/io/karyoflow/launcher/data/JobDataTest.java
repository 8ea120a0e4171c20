package io.karyoflow.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
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
        zip(
                "test.zip",
                "test/10.png",
                "test/9.png",
                "__MACOSX/test/._9.png",
                "test/.DS_Store",
                "test/.thumbs/9.png",
                "desktop.ini");

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
    void trainingImagesMayShareNamesAndAreFoundAsIngestFindsThem() throws IOException {
        zip("train.zip", "train/slide7/1.png", "train/slide9/1.png", "train/2.png", "train/.thumbs/2.png", "1.png");

        Images images = JobData.in(folder).training();

        assertThat(images.read("slide7/1.png")).asString().isEqualTo("bytes of train/slide7/1.png");
        assertThat(images.read("./train\\slide9\\1.png")).asString().isEqualTo("bytes of train/slide9/1.png");
        assertThat(images.read("./2.png")).asString().isEqualTo("bytes of train/2.png");
        assertThat(images.read("elsewhere/2.png")).asString().isEqualTo("bytes of train/2.png");
        assertThat(images.read("1.png")).as("the exact path").asString().isEqualTo("bytes of 1.png");
    }

    @Test
    void aNameThatMeansNoTrainingImageOrSeveralIsRefused() throws IOException {
        zip("train.zip", "slide7/1.png", "slide9/1.png");

        Images images = JobData.in(folder).training();

        assertThatThrownBy(() -> images.read("3.png"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("no file 3.png");
        assertThatThrownBy(() -> images.read("1.png"))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("several files 1.png")
                .hasMessageContaining("folders");
    }

    @Test
    void namesInAnArchiveMayBeInTheEncodingOfOldArchivers() throws IOException {
        zip("test.zip", Charset.forName("IBM437"), "Präparat.png");

        Images images = JobData.in(folder).unlabelled().orElseThrow();

        assertThat(images.read("Präparat.png")).asString().isEqualTo("bytes of Präparat.png");
    }

    @Test
    void theArchiveCountsWhereThereIsAFolderToo() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("train")).resolve("2.png"), "of the folder");
        Files.writeString(Files.createDirectories(folder.resolve("test")).resolve("a.png"), "of the folder");
        zip("test.zip", "b.png");

        JobData data = JobData.in(folder);

        assertThat(data.training().read("2.png")).asString().isEqualTo("bytes of 2.png");
        assertThat(data.unlabelled().orElseThrow().names()).containsExactly("b.png");
    }

    @Test
    void linksLeadToTheFolderItself() throws IOException {
        Path images = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(images.resolve("a.png"), "a");
        Files.createSymbolicLink(folder.resolve("test"), images);
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        JobData data = JobData.in(link);

        assertThat(data.folder()).isEqualTo(folder.toRealPath());
        assertThat(data.unlabelled().orElseThrow().names()).containsExactly("a.png");
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
    void aNameMayHaveACommaOrAFolder() throws IOException {
        Files.writeString(
                folder.resolve("example.csv"), "Filename,Label\n\"slide 1, left.png\",muscle\n./test/2.png,0\n");

        assertThat(LabelTable.read(folder.resolve("example.csv")))
                .containsEntry("slide 1, left.png", "muscle")
                .containsEntry("./test/2.png", "0");
        assertThat(JobData.in(folder).wantedOrder()).contains(List.of("slide 1, left.png", "2.png"));
    }

    @Test
    void everyTableIsReadBeforeAnythingElseIsDoneWithTheFolder() throws IOException {
        for (String table : new String[] {"example.csv", "test-truth.csv", "train.csv"}) {
            Files.writeString(folder.resolve(table), "Filename,Class\na.png,0\n");
            assertThatThrownBy(() -> JobData.in(folder))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining(table + " has no column Label; its first line must name Filename and Label");

            Files.writeString(folder.resolve(table), "Filename,Label\nä.png,0\n", StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> JobData.in(folder))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining(table + " is not in UTF-8; save it in that encoding");

            Files.writeString(folder.resolve(table), "Filename,Label\n\"a.png,0\n");
            assertThatThrownBy(() -> JobData.in(folder))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining("cannot read " + folder.toRealPath().resolve(table));

            Files.writeString(folder.resolve(table), "Filename,Label\na.png,0\n");
        }
    }

    private void zip(String name, String... entries) throws IOException {
        zip(name, StandardCharsets.UTF_8, entries);
    }

    private void zip(String name, Charset names, String... entries) throws IOException {
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                ZipOutputStream zip = new ZipOutputStream(file, names)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(("bytes of " + entry).getBytes());
            }
        }
    }
}
