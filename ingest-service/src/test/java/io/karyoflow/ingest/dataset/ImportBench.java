package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.dataset.split.SplitRequest;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Imports with fakes around them: small data sets in, and what became of them. */
final class ImportBench implements AutoCloseable {
    private final Path folder;
    final FakeDatasets datasets = new FakeDatasets();
    final FakeTopic topic = new FakeTopic();
    final List<DatasetRegistered> announcements = new ArrayList<>();
    boolean kafkaIsAway;
    Runnable beforeAnnouncement = () -> {};
    final AnnounceRegistered announceRegistered;
    final RunImports runImports;

    /** @param folder for the data sets' files */
    ImportBench(Path folder) {
        this.folder = folder;
        announceRegistered = new AnnounceRegistered(datasets, registration -> {
            beforeAnnouncement.run();
            if (kafkaIsAway) {
                throw new PublishingFailedException("away", null);
            }
            announcements.add(registration);
        });
        ImportDataset importDataset = new ImportDataset(
                datasets, topic, announceRegistered, new CheckImage(TestImages.LIMITS), CONFIG, Clock.systemUTC());
        runImports = new RunImports(importDataset, datasets, 1, CONFIG.retryInterval());
    }

    @Override
    public void close() {
        runImports.close();
    }

    Dataset ended(String id) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> switch (datasets.get(id).state()) {
                    case VALIDATING, PUBLISHING -> false;
                    case REGISTERED, REJECTED, FAILED -> true;
                });
        return datasets.get(id);
    }

    static ImportRequest uploaded(ImportRequest request) {
        ImportSource uploaded =
                new ImportSource(request.source().csv(), request.source().images(), true);
        return new ImportRequest(request.name(), uploaded, request.classes(), request.onError(), request.split());
    }

    ImportRequest source(int images, OnError onError, boolean withProblem) throws IOException {
        Path source = Files.createTempDirectory(folder, "source");
        StringBuilder csv = new StringBuilder("Filename,Label\n");
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < images; i++) {
            files.put("train/" + i + ".png", png(i));
            csv.append(i).append(".png,").append(i < images / 2 ? "a" : "b").append('\n');
        }
        if (withProblem) {
            csv.append("absent.png,a\n");
        }
        TestImages.zip(source.resolve("train.zip"), files);
        Files.writeString(source.resolve("train.csv"), csv);
        return new ImportRequest(
                "test",
                new ImportSource(source.resolve("train.csv"), source.resolve("train.zip"), false),
                List.of("a", "b"),
                onError,
                SplitRequest.folds(2, 5));
    }

    static final ImportConfig CONFIG = new ImportConfig() {
        @Override
        public Path root() {
            return Path.of("unused");
        }

        @Override
        public boolean followLinks() {
            return false;
        }

        @Override
        public Path uploads() {
            return Path.of("unused");
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b");
        }

        @Override
        public int folds() {
            return 2;
        }

        @Override
        public int concurrency() {
            return 1;
        }

        @Override
        public Duration retryInterval() {
            return Duration.ofMillis(10);
        }

        @Override
        public int listedProblems() {
            return 10;
        }

        @Override
        public Duration progressInterval() {
            return Duration.ofMillis(1);
        }

        @Override
        public Duration announceInterval() {
            return Duration.ofDays(1);
        }
    };
}
