package io.karyoflow.ingest.scanner;

import static io.karyoflow.ingest.TestImages.encoded;
import static io.karyoflow.ingest.TestImages.png;
import static io.karyoflow.ingest.TestImages.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.message.PredictionRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFolderTest {
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
    void aFileIsPublishedOnceWhenItHasSettledAndIsThenDone() throws Exception {
        bench.write("a.png", png(1));
        bench.write("slide 7/b.tif", encoded(2, 20, "tiff"));
        bench.write("c.jpg", encoded(3, 20, "jpg"));
        bench.write("monday/slide 8/d.png", png(4));
        bench.watchFolder.poll();
        assertThat(bench.topic).isEmpty();

        bench.settle();
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        assertThat(bench.topic)
                .extracting(PredictionRequest::filename, PredictionRequest::slide, PredictionRequest::contentType)
                .containsExactlyInAnyOrder(
                        tuple("a.png", null, "image/png"),
                        tuple("slide 7/b.tif", "slide 7", "image/tiff"),
                        tuple("c.jpg", null, "image/jpeg"),
                        tuple("monday/slide 8/d.png", "monday/slide 8", "image/png"));
        assertThat(bench.topic).extracting(PredictionRequest::explain).containsOnly(List.of("saliency"));
        assertThat(bench.files())
                .containsExactlyInAnyOrder(
                        "done/a.png", "done/slide 7/b.tif", "done/c.jpg", "done/monday/slide 8/d.png");
    }

    @Test
    void aFileStillBeingWrittenIsNotRead() throws Exception {
        byte[] whole = png(1);
        bench.write("a.png", truncated(whole));
        for (int i = 0; i < 3; i++) {
            bench.watchFolder.poll();
            bench.settle();
            bench.write("a.png", java.util.Arrays.copyOf(whole, whole.length - 10 + i));
        }
        bench.watchFolder.poll();
        assertThat(bench.topic).isEmpty();

        // its writer pauses for longer than the settle time, then goes on
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic).isEmpty();
        assertThat(bench.rejections).isEmpty();
        bench.write("a.png", whole);
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        assertThat(bench.topic).hasSize(1);
        assertThat(bench.topic.get(0).bytes()).isEqualTo(whole);
    }

    @Test
    void namesOfUnfinishedFilesAreLeftAlone() throws Exception {
        for (String name : List.of(".hidden.png", "a.png.part", "b.TMP", "c.crdownload", "d.png.partial", ".d/e.png")) {
            bench.write(name, png(1));
        }
        bench.watchFolder.poll();
        bench.now = bench.now.plusSeconds(1000);
        bench.watchFolder.poll();

        assertThat(bench.topic).isEmpty();
        assertThat(bench.files()).hasSize(6).noneMatch(file -> file.startsWith("rejected"));
    }

    @Test
    void whatCannotBeDecodedIsRejectedWithItsReasonAfterAWhile() throws Exception {
        bench.write("sub/cut.png", truncated(png(1)));
        bench.write("zero.png", new byte[0]);
        bench.write("wide.png", encoded(1, 65, "png"));
        bench.write("good.png", png(2));
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();
        assertThat(bench.topic).hasSize(1);
        assertThat(bench.rejections).as("no patience makes an image smaller").containsExactly("wide.png");

        bench.now = bench.now.plus(ScannerBench.CONFIG.patience());
        bench.watchFolder.poll();

        assertThat(bench.rejections).containsExactlyInAnyOrder("wide.png", "sub/cut.png", "zero.png");
        assertThat(folder.resolve("rejected/sub/cut.png")).exists();
        assertThat(folder.resolve("rejected/sub/cut.png.reason.txt")).content().contains("truncated");
        assertThat(folder.resolve("rejected/zero.png.reason.txt")).content().contains("zero bytes");
        assertThat(bench.topic).hasSize(1);
    }

    @Test
    void theSameNameAgainIsAnotherFile() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            bench.write("a.png", png(seed));
            bench.watchFolder.poll();
            bench.settle();
            bench.watchFolder.poll();
        }

        assertThat(bench.topic)
                .extracting(PredictionRequest::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(bench.files()).containsExactlyInAnyOrder("done/a.png", "done/a-2.png", "done/a-3.png");
    }

    @Test
    void aFolderOfASlideGoesLongAfterItsLastFileWasPutAway() throws Exception {
        bench.write("slide 7/a.png", png(1));
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        bench.now = Instant.now().plus(Duration.ofDays(29));
        bench.watchFolder.forget();
        assertThat(folder.resolve("slide 7")).isEmptyDirectory();

        bench.now = Instant.now().plus(Duration.ofDays(31));
        bench.watchFolder.forget();
        assertThat(folder.resolve("slide 7")).doesNotExist();
        assertThat(folder.resolve("done/slide 7/a.png")).exists();
    }

    @Test
    void anIdIsMadeOfNameAndContent() {
        String id = FileRequests.id("a.png", png(1));

        assertThat(FileRequests.id("a.png", png(1))).isEqualTo(id);
        assertThat(FileRequests.id("b.png", png(1))).isNotEqualTo(id);
        assertThat(FileRequests.id("a.png", png(2))).isNotEqualTo(id);
    }

    @Test
    void aBurstIsPublishedInBatches() throws Exception {
        for (int seed = 0; seed < 600; seed++) {
            bench.write(seed + ".png", png(seed));
        }
        bench.watchFolder.poll();
        bench.settle();
        bench.watchFolder.poll();

        assertThat(bench.topic).hasSize(600);
        assertThat(bench.files()).hasSize(600).allMatch(file -> file.startsWith("done/"));
    }

    @Test
    void theFolderMayBeALink() throws Exception {
        Path real = folder.resolveSibling(folder.getFileName() + "-real");
        Files.move(folder, real);
        Files.createSymbolicLink(folder, real);
        try {
            bench.write("slide/a.png", png(1));
            bench.watchFolder.poll();
            bench.settle();
            bench.watchFolder.poll();

            assertThat(bench.topic).extracting(PredictionRequest::filename).containsExactly("slide/a.png");
            assertThat(real.resolve("done/slide/a.png")).exists();
            assertThat(real.resolve("slide/a.png")).doesNotExist();
            bench.watchFolder.poll();
            assertThat(bench.topic).as("what is put away is not seen again").hasSize(1);
        } finally {
            Files.delete(folder);
            Files.move(real, folder);
        }
    }
}
