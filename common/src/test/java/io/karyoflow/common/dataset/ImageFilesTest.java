package io.karyoflow.common.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.dataset.ImageFiles.ImageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFilesTest {
    @TempDir
    Path folder;

    @Test
    void namesInAnArchiveMayBeInTheEncodingOfOldArchivers() throws Exception {
        for (Charset names : List.of(StandardCharsets.UTF_8, Charset.forName("IBM437"))) {
            try (ImageFiles files = zip(names, "Präparat.png")) {
                assertThat(files.list().images())
                        .singleElement()
                        .extracting(ImageFile::path)
                        .isEqualTo("Präparat.png");
            }
        }
    }

    @Test
    void aNameIsAnyTailOfAPathOrAPathAnyTailOfTheName() throws Exception {
        try (ImageFiles files =
                zip(StandardCharsets.UTF_8, "train/slide7/1.png", "train/slide9/1.png", "train/2.png", "1.png")) {
            FilesByName byName = new FilesByName(files.list().images());

            assertThat(meant(byName, "slide7/1.png")).containsExactly("train/slide7/1.png");
            assertThat(meant(byName, "./train\\slide9\\1.png")).containsExactly("train/slide9/1.png");
            assertThat(meant(byName, "./2.png")).containsExactly("train/2.png");
            assertThat(meant(byName, "data/train/2.png")).containsExactly("train/2.png");
            assertThat(meant(byName, "elsewhere/2.png")).as("that of another").isEmpty();
            assertThat(meant(byName, "1.png")).as("the exact path").containsExactly("1.png");
            assertThat(meant(byName, "slide8/1.png"))
                    .as("a folder that the archive does not know")
                    .containsExactly("1.png");
            assertThat(meant(byName, "slide8/2.png"))
                    .as("the image of another slide")
                    .isEmpty();
            assertThat(meant(byName, "3.png")).isEmpty();
        }
    }

    @Test
    void filesThatSomebodyIsStillWritingAreKnownByTheirNames() {
        assertThat(List.of("7.png~", "slide 1/7.png.part", "7.TMP", "7.crdownload", "part"))
                .allMatch(ImageFiles::isUnfinished);
        assertThat(List.of("7.png", "slide.part/7.png", "slide~/7.png", "part.png", "7", "slide.7/part 2"))
                .noneMatch(ImageFiles::isUnfinished);
    }

    private static List<String> meant(FilesByName byName, String name) {
        return byName.candidates(name).stream().map(ImageFile::path).toList();
    }

    private ImageFiles zip(Charset names, String... entries) throws IOException, UnusableFileException {
        Path archive = folder.resolve("train.zip");
        try (OutputStream file = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(file, names)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes());
            }
        }
        return ImageFiles.open(archive);
    }
}
