package io.karyoflow.ingest.scanner;

import static io.karyoflow.ingest.TestImages.encoded;
import static io.karyoflow.ingest.TestImages.png;
import static io.karyoflow.ingest.TestImages.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchFolderTest {
    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<PredictionRequest> topic = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private int acknowledgedBeforeFailure = Integer.MAX_VALUE;
    private Instant lookedSince;
    private WatchFolder watchFolder;

    @BeforeEach
    void start() {
        watchFolder = new WatchFolder(
                folder,
                CONFIG,
                new CheckImage(TestImages.LIMITS),
                this::publish,
                this::among,
                new ScanListener() {
                    @Override
                    public void published(int files) {}

                    @Override
                    public void rejected(String file, String reason) {
                        rejections.add(file);
                    }
                },
                clock.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void stop() throws IOException {
        watchFolder.close();
    }

    @Test
    void aFileIsPublishedOnceWhenItHasSettledAndIsThenDone() throws Exception {
        write("a.png", png(1));
        write("slide 7/b.tif", encoded(2, 20, "tiff"));
        write("c.jpg", encoded(3, 20, "jpg"));
        write("monday/slide 8/d.png", png(4));
        watchFolder.poll();
        assertThat(topic).isEmpty();

        settle();
        watchFolder.poll();
        settle();
        watchFolder.poll();

        assertThat(topic)
                .extracting(PredictionRequest::filename, PredictionRequest::slide, PredictionRequest::contentType)
                .containsExactlyInAnyOrder(
                        tuple("a.png", null, "image/png"),
                        tuple("slide 7/b.tif", "slide 7", "image/tiff"),
                        tuple("c.jpg", null, "image/jpeg"),
                        tuple("monday/slide 8/d.png", "monday/slide 8", "image/png"));
        assertThat(topic).extracting(PredictionRequest::explain).containsOnly(List.of("saliency"));
        assertThat(files())
                .containsExactlyInAnyOrder(
                        "done/a.png", "done/slide 7/b.tif", "done/c.jpg", "done/monday/slide 8/d.png");
    }

    @Test
    void aFileStillBeingWrittenIsNotRead() throws Exception {
        byte[] whole = png(1);
        write("a.png", truncated(whole));
        for (int i = 0; i < 3; i++) {
            watchFolder.poll();
            settle();
            write("a.png", java.util.Arrays.copyOf(whole, whole.length - 10 + i));
        }
        watchFolder.poll();
        assertThat(topic).isEmpty();

        // its writer pauses for longer than the settle time, then goes on
        settle();
        watchFolder.poll();
        assertThat(topic).isEmpty();
        assertThat(rejections).isEmpty();
        write("a.png", whole);
        watchFolder.poll();
        settle();
        watchFolder.poll();

        assertThat(topic).hasSize(1);
        assertThat(topic.get(0).bytes()).isEqualTo(whole);
    }

    @Test
    void namesOfUnfinishedFilesAreLeftAlone() throws Exception {
        for (String name : List.of(".hidden.png", "a.png.part", "b.TMP", "c.crdownload", "d.png.partial", ".d/e.png")) {
            write(name, png(1));
        }
        watchFolder.poll();
        now = now.plusSeconds(1000);
        watchFolder.poll();

        assertThat(topic).isEmpty();
        assertThat(files()).hasSize(6).noneMatch(file -> file.startsWith("rejected"));
    }

    @Test
    void whatCannotBeDecodedIsRejectedWithItsReasonAfterAWhile() throws Exception {
        write("sub/cut.png", truncated(png(1)));
        write("zero.png", new byte[0]);
        write("wide.png", encoded(1, 65, "png"));
        write("good.png", png(2));
        watchFolder.poll();
        settle();
        watchFolder.poll();
        assertThat(topic).hasSize(1);
        assertThat(rejections).as("no patience makes an image smaller").containsExactly("wide.png");

        now = now.plus(CONFIG.patience());
        watchFolder.poll();

        assertThat(rejections).containsExactlyInAnyOrder("wide.png", "sub/cut.png", "zero.png");
        assertThat(folder.resolve("rejected/sub/cut.png")).exists();
        assertThat(folder.resolve("rejected/sub/cut.png.reason.txt")).content().contains("truncated");
        assertThat(folder.resolve("rejected/zero.png.reason.txt")).content().contains("zero bytes");
        assertThat(topic).hasSize(1);
    }

    @Test
    void theSameNameAgainIsAnotherFile() throws Exception {
        for (int seed = 1; seed <= 3; seed++) {
            write("a.png", png(seed));
            watchFolder.poll();
            settle();
            watchFolder.poll();
        }

        assertThat(topic)
                .extracting(PredictionRequest::id)
                .doesNotHaveDuplicates()
                .hasSize(3);
        assertThat(files()).containsExactlyInAnyOrder("done/a.png", "done/a-2.png", "done/a-3.png");
    }

    @Test
    void anIdIsMadeOfNameAndContent() {
        String id = WatchFolder.requestId("a.png", png(1));

        assertThat(WatchFolder.requestId("a.png", png(1))).isEqualTo(id);
        assertThat(WatchFolder.requestId("b.png", png(1))).isNotEqualTo(id);
        assertThat(WatchFolder.requestId("a.png", png(2))).isNotEqualTo(id);
    }

    @Test
    void afterAFailureInTheMiddleNothingIsRepeatedOrSkipped() throws Exception {
        for (int seed = 0; seed < 10; seed++) {
            write(seed + ".png", png(seed));
        }
        watchFolder.poll();
        settle();
        Instant claimed = now;
        acknowledgedBeforeFailure = 4;
        assertThatThrownBy(() -> watchFolder.poll()).isInstanceOf(PublishingFailedException.class);
        assertThat(topic).hasSize(4);

        // Kafka is back
        acknowledgedBeforeFailure = Integer.MAX_VALUE;
        now = now.plusSeconds(3600);
        watchFolder.poll();

        assertThat(topic).hasSize(10);
        assertThat(topic).extracting(PredictionRequest::id).doesNotHaveDuplicates();
        assertThat(files()).hasSize(10).allMatch(file -> file.startsWith("done/"));
        assertThat(lookedSince).isBeforeOrEqualTo(claimed).isAfter(claimed.minusSeconds(600));
    }

    @Test
    void afterACrashTheNextProcessFinishesTheClaim() throws Exception {
        write("a.png", png(1));
        write("b.png", png(2));
        watchFolder.poll();
        settle();
        acknowledgedBeforeFailure = 1;
        assertThatThrownBy(() -> watchFolder.poll()).isInstanceOf(PublishingFailedException.class);
        acknowledgedBeforeFailure = Integer.MAX_VALUE;
        write("working/1-somebody/c.png", truncated(png(3)));

        watchFolder.close();
        start();
        watchFolder.poll();

        assertThat(topic).hasSize(2);
        assertThat(files())
                .containsExactlyInAnyOrder("done/a.png", "done/b.png", "rejected/c.png", "rejected/c.png.reason.txt");
        assertThat(rejections).containsExactly("c.png");
    }

    @Test
    void aSecondWatcherStandsByUntilTheFirstHasGone() throws Exception {
        WatchFolder first = watchFolder;
        first.poll();
        start();
        write("a.png", png(1));
        watchFolder.poll();
        settle();
        watchFolder.poll();
        assertThat(topic).isEmpty();

        first.close();
        watchFolder.poll();
        settle();
        watchFolder.poll();

        assertThat(topic).hasSize(1);
    }

    @Test
    void aBurstIsPublishedInBatches() throws Exception {
        for (int seed = 0; seed < 600; seed++) {
            write(seed + ".png", png(seed));
        }
        watchFolder.poll();
        settle();
        watchFolder.poll();

        assertThat(topic).hasSize(600);
        assertThat(files()).hasSize(600).allMatch(file -> file.startsWith("done/"));
    }

    @Test
    void aFileThatCannotBeRejectedDoesNotHoldUpTheOthers() throws Exception {
        String name = "x".repeat(247) + ".png"; // no room for .reason.txt
        write(name, truncated(png(1)));
        watchFolder.poll();
        now = now.plus(CONFIG.patience());
        write("good.png", png(2));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> watchFolder.poll())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining("rename");
            settle();
        }
        assertThat(topic).extracting(PredictionRequest::filename).containsExactly("good.png");
        assertThat(folder.resolve(name)).exists();

        // somebody does as told
        Files.move(folder.resolve(name), folder.resolve("x.png"));
        watchFolder.poll();
        now = now.plus(CONFIG.patience());
        watchFolder.poll();
        assertThat(folder.resolve("rejected/x.png.reason.txt")).exists();
    }

    @Test
    void aFileThatCannotBePutAwayIsPublishedOnceAndDoesNotHoldUpTheOthers() throws Exception {
        write("done/slide", new byte[1]); // where the folder should be
        write("slide/a.png", png(1));
        write("b.png", png(2));
        watchFolder.poll();
        settle();
        assertThatThrownBy(() -> watchFolder.poll()).hasMessageContaining("done/slide");

        write("c.png", png(3));
        for (int i = 0; i < 30; i++) {
            assertThatThrownBy(() -> watchFolder.poll()).isInstanceOf(IOException.class);
            settle();
        }
        assertThat(topic)
                .extracting(PredictionRequest::filename)
                .containsExactlyInAnyOrder("slide/a.png", "b.png", "c.png");
        assertThat(lookedSince).as("what this process knows is not looked up").isNull();

        Files.delete(folder.resolve("done/slide"));
        now = now.plus(CONFIG.patience());
        watchFolder.poll();
        assertThat(topic).hasSize(3);
        assertThat(files()).containsExactlyInAnyOrder("done/slide/a.png", "done/b.png", "done/c.png");
    }

    @Test
    void aFileThatCannotBeClaimedDoesNotHoldUpTheOthers() throws Exception {
        // Given a path that is too long for the system once it lies below working/, since root may move any file
        int room = 4080 - folder.toString().length() - "//a.png".length();
        write(("o".repeat(99) + "/").repeat(room / 100) + "o".repeat(room % 100) + "/a.png", png(1));
        write("b.png", png(2));
        watchFolder.poll();
        settle();

        assertThatThrownBy(() -> watchFolder.poll()).hasMessageContaining("oooo");
        assertThat(topic).extracting(PredictionRequest::filename).containsExactly("b.png");

        // somebody does as told
        Files.move(folder.resolve("o".repeat(99)), folder.resolve("o"));
        watchFolder.poll();
        settle();
        watchFolder.poll();
        assertThat(topic).hasSize(2);
        assertThat(files()).hasSize(2).allMatch(file -> file.startsWith("done/"));
    }

    @Test
    void theFolderMayBeALink() throws Exception {
        Path real = folder.resolveSibling(folder.getFileName() + "-real");
        Files.move(folder, real);
        Files.createSymbolicLink(folder, real);
        try {
            write("slide/a.png", png(1));
            watchFolder.poll();
            settle();
            watchFolder.poll();

            assertThat(topic).extracting(PredictionRequest::filename).containsExactly("slide/a.png");
            assertThat(real.resolve("done/slide/a.png")).exists();
            assertThat(real.resolve("slide/a.png")).doesNotExist();
            watchFolder.poll();
            assertThat(topic).as("what is put away is not seen again").hasSize(1);
        } finally {
            Files.delete(folder);
            Files.move(real, folder);
        }
    }

    @Test
    void aFolderThatCannotBeLookedIntoIsSaidSoAndDoesNotHoldUpTheOthers() throws Exception {
        // Given a path that is longer than the system opens, since even root may read any folder
        Path outer = Files.createDirectories(folder.resolve(("o".repeat(200) + "/").repeat(10)));
        Files.createDirectories(folder.resolve("inner/" + ("i".repeat(200) + "/").repeat(12)));
        Files.move(folder.resolve("inner"), outer.resolve("inner"));
        write("b.png", png(2));
        try {
            assertThatThrownBy(() -> watchFolder.poll())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot be read")
                    .hasMessageContaining("iiii");
            settle();
            assertThatThrownBy(() -> watchFolder.poll()).isInstanceOf(IOException.class);
            assertThat(topic).extracting(PredictionRequest::filename).containsExactly("b.png");
        } finally {
            Files.move(outer.resolve("inner"), folder.resolve("inner"));
        }

        watchFolder.poll();
    }

    private void publish(List<PredictionRequest> requests) {
        assertThat(requests).hasSizeLessThanOrEqualTo(256);
        for (PredictionRequest request : requests) {
            if (acknowledgedBeforeFailure-- <= 0) {
                throw new PublishingFailedException("away", null);
            }
            topic.add(request);
        }
    }

    private Set<String> among(Set<String> ids, Instant since) {
        lookedSince = since;
        Set<String> found = new HashSet<>(ids);
        found.retainAll(topic.stream().map(PredictionRequest::id).toList());
        return found;
    }

    private void settle() {
        now = now.plus(CONFIG.settle());
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    private static final ScannerConfig CONFIG = new ScannerConfig() {
        @Override
        public Optional<Path> folder() {
            return Optional.empty();
        }

        @Override
        public Duration poll() {
            return Duration.ofMillis(500);
        }

        @Override
        public Duration settle() {
            return Duration.ofSeconds(2);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Optional<List<String>> explain() {
            return Optional.of(List.of("saliency"));
        }
    };
}
