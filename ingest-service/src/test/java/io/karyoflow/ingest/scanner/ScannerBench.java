package io.karyoflow.ingest.scanner;

import static org.assertj.core.api.Assertions.assertThat;

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

/** A watched folder with a clock and a topic that tests move. */
final class ScannerBench implements AutoCloseable {
    private final Path folder;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    final List<PredictionRequest> topic = new ArrayList<>();
    final List<String> rejections = new ArrayList<>();
    int acknowledgedBeforeFailure = Integer.MAX_VALUE;
    /** What else happens meanwhile. */
    Runnable whilePublishing = () -> {};

    Instant lookedSince;
    WatchFolder watchFolder;

    /** With a watcher that has not looked yet. */
    ScannerBench(Path folder) {
        this.folder = folder;
        start();
    }

    /** Another watcher, as another process would have it. */
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

    @Override
    public void close() throws IOException {
        watchFolder.close();
    }

    private void publish(List<PredictionRequest> requests) {
        assertThat(requests).hasSizeLessThanOrEqualTo(256);
        whilePublishing.run();
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

    void settle() {
        now = now.plus(CONFIG.settle());
    }

    void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    static final ScannerConfig CONFIG = new ScannerConfig() {
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
        public Optional<Duration> keepDone() {
            return Optional.empty();
        }

        @Override
        public Optional<List<String>> explain() {
            return Optional.of(List.of("saliency"));
        }
    };
}
