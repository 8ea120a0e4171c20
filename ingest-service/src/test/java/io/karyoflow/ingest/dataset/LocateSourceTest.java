package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocateSourceTest {
    @TempDir
    Path folder;

    private Path root;
    private LocateSource locateSource;

    @BeforeEach
    void aRootBesideASecret() throws Exception {
        root = Files.createDirectories(folder.resolve("root"));
        locateSource = new LocateSource(root, false);
        dataset(folder.resolve("secret"));
        dataset(root.resolve("colon"));
    }

    @Test
    void findsTheArchiveOrTheFolder() throws Exception {
        assertThat(locateSource.locate("colon").images().getFileName()).hasToString("train");
        Files.createFile(root.resolve("colon/train.zip"));
        assertThat(locateSource.locate("colon").images().getFileName()).hasToString("train.zip");
        assertThat(locateSource.locate(root.resolve("colon").toString()).csv()).exists();
    }

    @Test
    void nothingOutsideTheRootIsFound() throws Exception {
        Files.createSymbolicLink(root.resolve("link"), folder.resolve("secret"));
        for (String path : new String[] {"../secret", "colon/../../secret", folder + "/secret", "link", "a\0b"}) {
            assertThatThrownBy(() -> locateSource.locate(path)).as(path).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void filesThatAreLinksLeadOutOnlyIfTheyMay() throws Exception {
        Path linked = Files.createDirectories(root.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("train"), folder.resolve("secret/train"));
        Files.copy(folder.resolve("secret/train.csv"), linked.resolve("train.csv"));
        assertThatThrownBy(() -> locateSource.locate("linked"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train is a link")
                .hasMessageContaining("karyoflow.import.follow-links");

        Files.delete(linked.resolve("train.csv"));
        Files.createSymbolicLink(linked.resolve("train.csv"), folder.resolve("secret/train.csv"));
        Files.delete(linked.resolve("train"));
        Files.createSymbolicLink(linked.resolve("train"), root.resolve("colon/train"));
        assertThatThrownBy(() -> locateSource.locate("linked")).hasMessageContaining("train.csv is a link");

        assertThat(new LocateSource(root, true).locate("linked").csv()).hasFileName("train.csv");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> locateSource.locate("liver")).isInstanceOf(NoSuchFileException.class);
        Files.createDirectory(root.resolve("empty"));
        assertThatThrownBy(() -> locateSource.locate("empty")).hasMessageContaining("train.csv");
        Files.createFile(root.resolve("empty/train.csv"));
        assertThatThrownBy(() -> locateSource.locate("empty")).hasMessageContaining("neither train.zip nor train/");
    }

    private static void dataset(Path folder) throws Exception {
        Files.createDirectories(folder.resolve("train"));
        Files.createFile(folder.resolve("train.csv"));
    }
}
