package io.karyoflow.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.launcher.progress.JobFailure;
import java.io.IOException;
import java.io.OutputStream;
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
    void whatTheWatchedFolderWouldLeaveAloneIsNoImageToLabel() throws IOException {
        zip("test.zip", "test/7.png", "test/7.png~", "test/8.png.part", "slide 2/9.TMP");

        Images images = JobData.in(folder).unlabelled().orElseThrow();

        assertThat(images.names()).containsExactly("7.png");
        assertThat(images.count()).isEqualTo(1);
        assertThat(images.slide("7.png")).isEmpty();

        zip("test.zip", "7.png~");
        assertThat(JobData.in(folder).unlabelled()).isEmpty();
    }

    @Test
    void foldersOfImagesToLabelAreSlidesUnlessAllAreInOne() throws IOException {
        zip("test.zip", "test/slide1/1.png", "test/slide10/a/2.png");
        Images ofSlides = JobData.in(folder).unlabelled().orElseThrow();
        assertThat(ofSlides.slide("1.png")).contains("slide1");
        assertThat(ofSlides.slide("2.png")).contains("slide10/a");
        assertThat(JobData.in(folder).namesSlides()).isTrue();

        zip("test.zip", "test/slide1/1.png", "test/2.png");
        assertThat(JobData.in(folder).unlabelled().orElseThrow().slide("2.png")).isEmpty();
        assertThat(JobData.in(folder).namesSlides()).isFalse();

        zip("test.zip", "test/1.png", "test/2.png");
        assertThat(JobData.in(folder).unlabelled().orElseThrow().slide("1.png")).isEmpty();
        assertThat(JobData.in(folder).namesSlides()).isFalse();

        Files.delete(folder.resolve("test.zip"));
        assertThat(JobData.in(folder).namesSlides()).isTrue();
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
    void imagesOutsideOfTheFolderAreRefusedAsIngestRefusesThem() throws IOException {
        zip("test.zip", "1.png", "../2.png");

        assertThatThrownBy(() -> JobData.in(folder))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("test.zip: ../2.png: ")
                .hasMessageContaining("leads out of");
    }

    @Test
    void anArchiveThatIsNoneIsNamed() throws IOException {
        Files.writeString(folder.resolve("test.zip"), "no zip");

        assertThatThrownBy(() -> JobData.in(folder))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("test.zip: not a zip that can be read");
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
    }

    @Test
    void trainingImagesAreInFoldsIfTheirTableSaysWhich() throws IOException {
        assertThat(JobData.in(folder).isInFolds()).isFalse();

        Files.writeString(folder.resolve("train.csv"), "Filename,Label,Fold\n2.png,0,\n10.png,1,\n");
        assertThat(JobData.in(folder).isInFolds()).isFalse();

        Files.writeString(folder.resolve("train.csv"), "Filename,Label,Fold\n2.png,0,0\n10.png,1,1\n");
        assertThat(JobData.in(folder).isInFolds()).isTrue();
    }

    @Test
    void aNameMayHaveACommaOrAFolder() throws IOException {
        String table = "Filename,Label\n\"slide 1, left.png\",muscle\n./test/2.png,0\n";
        Files.writeString(folder.resolve("test-truth.csv"), table);
        Files.writeString(folder.resolve("example.csv"), table);

        assertThat(JobData.in(folder).truth().orElseThrow())
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
                    .hasMessageContaining(table + ": the column Label is missing");

            Files.writeString(folder.resolve(table), "Filename,Label\nä.png,0\n", StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> JobData.in(folder))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining(table + ": it is not in UTF-8; save it in that encoding");

            Files.writeString(folder.resolve(table), "Filename,Label\n\"a.png,0\n");
            assertThatThrownBy(() -> JobData.in(folder))
                    .isInstanceOf(JobFailure.class)
                    .hasMessageContaining(table)
                    .hasMessageContaining("quote is missing");

            Files.writeString(folder.resolve(table), "Filename,Label\na.png,0\n");
        }
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
