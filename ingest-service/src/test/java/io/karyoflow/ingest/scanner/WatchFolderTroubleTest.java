package io.karyoflow.ingest.scanner;

import static io.karyoflow.ingest.TestImages.png;
import static io.karyoflow.ingest.TestImages.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.PredictionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and folders that cannot be worked on hold up nothing else, and are said. */
class WatchFolderTroubleTest {
    @TempDir
    Path folder;

    private ScannerBench bench;

    @BeforeEach
    void start() {
        bench = new ScannerBench(folder);
    }

    @AfterEach
    void stop() throws IOException {
        bench.close();
    }

    @Test
    void aFileThatIsCompletedWhileOthersArePublishedIsNotRejected() throws Exception {
        byte[] whole = png(1000);
        for (int i = 0; i < 256; i++) {
            bench.write("others/" + i + ".png", png(i));
        }
        bench.write("slow.png", truncated(whole)); // the last, so it is read before the others are published
        bench.watchFolder.poll();
        bench.settle();
        bench.whilePublishing = () -> bench.now = bench.now.plus(ScannerBench.CONFIG.patience());
        bench.watchFolder.poll();

        bench.write("slow.png", whole);
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        assertThat(bench.rejections).isEmpty();
        assertThat(bench.topic).hasSize(257);
    }

    @Test
    void aFileThatCannotBeRejectedDoesNotHoldUpTheOthers() throws Exception {
        String name = "x".repeat(247) + ".png"; // no room for .reason.txt
        bench.write(name, truncated(png(1)));
        bench.watchFolder.poll();
        bench.now = bench.now.plus(ScannerBench.CONFIG.patience());
        bench.write("good.png", png(2));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> bench.watchFolder.poll())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("rename");
            bench.settle();
        }
        assertThat(bench.topic).extracting(PredictionRequest::filename).containsExactly("good.png");
        assertThat(folder.resolve(name)).exists();

        // somebody does as told
        Files.move(folder.resolve(name), folder.resolve("x.png"));
        bench.watchFolder.poll();
        bench.now = bench.now.plus(ScannerBench.CONFIG.patience());
        bench.watchFolder.poll();
        assertThat(folder.resolve("rejected/x.png.reason.txt")).exists();
    }

    @Test
    void aFileThatCannotBePutAwayIsPublishedOnceAndDoesNotHoldUpTheOthers() throws Exception {
        bench.write("done/slide", new byte[1]); // where the folder should be
        bench.write("slide/a.png", png(1));
        bench.write("b.png", png(2));
        bench.watchFolder.poll();
        bench.settle();
        assertThatThrownBy(() -> bench.watchFolder.poll()).hasMessageContaining("done/slide");

        bench.write("c.png", png(3));
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> bench.watchFolder.poll()).isInstanceOf(IOException.class);
            bench.settle();
        }
        assertThat(bench.topic)
                .extracting(PredictionRequest::filename)
                .containsExactlyInAnyOrder("slide/a.png", "b.png", "c.png");
        assertThat(bench.lookedSince)
                .as("what this process knows is not looked up")
                .isNull();

        Files.delete(folder.resolve("done/slide"));
        bench.now = bench.now.plus(ScannerBench.CONFIG.patience());
        bench.watchFolder.poll();
        assertThat(bench.topic).hasSize(3);
        assertThat(bench.files()).containsExactlyInAnyOrder("done/slide/a.png", "done/b.png", "done/c.png");
    }

    @Test
    void aFileThatCannotBeClaimedDoesNotHoldUpTheOthers() throws Exception {
        // Given a path that is too long for the system once it lies below working/, since root may move any file
        int room = 4080 - folder.toString().length() - "//a.png".length();
        bench.write(("o".repeat(99) + "/").repeat(room / 100) + "o".repeat(room % 100) + "/a.png", png(1));
        bench.write("b.png", png(2));
        bench.watchFolder.poll();
        bench.settle();

        assertThatThrownBy(() -> bench.watchFolder.poll()).hasMessageContaining("oooo");
        assertThat(bench.topic).extracting(PredictionRequest::filename).containsExactly("b.png");

        // somebody does as told
        Files.move(folder.resolve("o".repeat(99)), folder.resolve("o"));
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic).hasSize(2);
        assertThat(bench.files()).hasSize(2).allMatch(file -> file.startsWith("done/"));
    }

    @Test
    void aNameThatCannotBeReadIsSaidAndDoesNotHoldUpTheOthers() throws Exception {
        // Given names in Latin-1, of which the two files' would read the same
        bench.write("b.png", png(1));
        inShell("cp b.png \"$(printf '\\344.png')\"; cp b.png \"$(printf '\\366.png')\"");
        inShell("mkdir \"$(printf 'slide \\374')\"; cp b.png \"$(printf 'slide \\374')/c.png\"");
        assertThatThrownBy(() -> bench.watchFolder.poll())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be read or moved: 3")
                .hasMessageContaining("encoding");
        bench.settle();
        assertThatThrownBy(() -> bench.watchFolder.poll()).isInstanceOf(IOException.class);
        assertThat(bench.topic).extracting(PredictionRequest::filename).containsExactly("b.png");

        // somebody does as told
        inShell("mv \"$(printf '\\344.png')\" ae.png; mv \"$(printf '\\366.png')\" oe.png; mv slide* slide");
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic)
                .extracting(PredictionRequest::filename)
                .containsExactlyInAnyOrder("b.png", "ae.png", "oe.png", "slide/c.png");
    }

    private void inShell(String command) throws Exception {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void ifSomebodyClearsTheFolderARestartIsAskedForAndHelps() throws Exception {
        bench.watchFolder.poll();
        inShell("rm -r working done rejected");
        assertThatThrownBy(() -> bench.watchFolder.poll())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("restart");

        bench.watchFolder.close();
        bench.start();
        bench.write("a.png", png(1));
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic).hasSize(1);
    }

    @Test
    void aFolderThatCannotBeLookedIntoIsSaidSoAndDoesNotHoldUpTheOthers() throws Exception {
        // Given a path that is longer than the system opens, since even root may read any folder
        Path outer = Files.createDirectories(folder.resolve(("o".repeat(200) + "/").repeat(10)));
        Files.createDirectories(folder.resolve("inner/" + ("i".repeat(200) + "/").repeat(12)));
        Files.move(folder.resolve("inner"), outer.resolve("inner"));
        bench.write("b.png", png(2));
        try {
            assertThatThrownBy(() -> bench.watchFolder.poll())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageContaining("iiii");
            bench.settle();
            assertThatThrownBy(() -> bench.watchFolder.poll()).isInstanceOf(IOException.class);
            assertThat(bench.topic).extracting(PredictionRequest::filename).containsExactly("b.png");
        } finally {
            Files.move(outer.resolve("inner"), folder.resolve("inner"));
        }

        bench.watchFolder.poll();
    }
}
