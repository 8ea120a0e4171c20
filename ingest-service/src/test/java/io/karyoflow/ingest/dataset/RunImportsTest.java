package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
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
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunImportsTest {
    @TempDir
    Path folder;

    private final FakeDatasets datasets = new FakeDatasets();
    private final FakeTopic topic = new FakeTopic();
    private final List<DatasetRegistered> announcements = new ArrayList<>();
    private boolean kafkaIsAway;
    private Runnable beforeAnnouncement = () -> {};
    private RunImports runImports;
    private AnnounceRegistered announceRegistered;

    @BeforeEach
    void start() {
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

    @AfterEach
    void stop() throws InterruptedException {
        runImports.close();
    }

    @Test
    void aGoodDataSetIsPublishedOnceRegisteredAndAnnounced() throws Exception {
        runImports.submit("d", source(20, OnError.REJECT, false));

        Dataset dataset = ended("d");
        assertThat(dataset.state()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.checked()).isEqualTo(20);
        assertThat(dataset.published()).isEqualTo(20);
        assertThat(dataset.registration().classCounts()).containsExactly(10, 10);
        assertThat(dataset.registration().foldCounts()).containsExactly(List.of(5, 5), List.of(5, 5));
        assertThat(topic.images).hasSize(20).extracting(LabelledImage::dataset).containsOnly("d");
        assertThat(topic.images.stream().map(LabelledImage::label).limit(8))
                .as("shuffled, though the CSV is sorted by class")
                .contains(0, 1);
        await().until(() -> datasets.isAnnounced("d"));
        assertThat(announcements).containsExactly(dataset.registration());
    }

    @Test
    void aProblemRefusesTheWholeUnlessItIsToBeSkipped() throws Exception {
        ImportRequest refused = source(20, OnError.REJECT, true);
        runImports.submit("refused", refused);

        assertThat(ended("refused").state()).isEqualTo(ImportState.REJECTED);
        assertThat(ended("refused").report().problemCount()).isEqualTo(1);
        assertThat(ended("refused").error()).contains("onError=skip");
        assertThat(topic.images).isEmpty();

        runImports.submit("skipped", source(20, OnError.SKIP, true));
        assertThat(ended("skipped").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(ended("skipped").report().problemCount()).isEqualTo(1);
        assertThat(ended("skipped").registration().images()).isEqualTo(20);
    }

    @Test
    void tooFewImagesOfAClassAreRefusedWithTheReason() throws Exception {
        runImports.submit("d", source(2, OnError.SKIP, false));

        assertThat(ended("d").state()).isEqualTo(ImportState.REJECTED);
        assertThat(ended("d").error()).contains("'a' has 1 usable image").contains("add images");
        assertThat(topic.images).isEmpty();
    }

    @Test
    void foldsDoNotDependOnTheOrderOfCsvAndArchive() throws Exception {
        ImportRequest request = source(40, OnError.REJECT, false);
        runImports.submit("first", request);
        ended("first");
        Map<String, Integer> folds = topic.folds();
        topic.images.clear();
        List<String> lines = new ArrayList<>(Files.readAllLines(request.source().csv()));
        java.util.Collections.reverse(lines.subList(1, lines.size()));
        Files.write(request.source().csv(), lines);

        runImports.submit("second", request);
        ended("second");

        assertThat(topic.folds()).isEqualTo(folds).hasSize(40);
    }

    @Test
    void anInterruptedImportBeginsAgain() throws Exception {
        // Given an import that a crash has left while it was publishing
        datasets.add("d", source(20, OnError.REJECT, false));
        datasets.publishing("d", ImportReport.EMPTY);

        runImports.resume();

        assertThat(ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(topic.images).hasSize(20);
    }

    @Test
    void anInterruptedImportWhoseFilesAreGoneFails() throws Exception {
        ImportRequest request = source(20, OnError.REJECT, false);
        Files.delete(request.source().images());
        datasets.add("d", request);

        runImports.resume();

        assertThat(ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(ended("d").error()).contains("gone").contains("import it again");
    }

    @Test
    void anImportThatAnotherInstanceRunsIsLeftToItUnlessItDies() throws Exception {
        datasets.add("theirs", source(20, OnError.REJECT, false));
        Datasets.Claim theirs = datasets.claim("theirs").orElseThrow();

        runImports.resume();
        runImports.submit("ours", source(20, OnError.REJECT, false));
        ended("ours");

        assertThat(datasets.get("theirs").state()).isEqualTo(ImportState.VALIDATING);
        theirs.close();
        assertThat(ended("theirs").state()).isEqualTo(ImportState.REGISTERED);
    }

    @Test
    void anOutageOfTheDatabaseOnlyDelaysAnImport() throws Exception {
        // Given an upload that is being published
        ImportRequest request = uploaded(source(20, OnError.REJECT, false));
        topic.block = new CountDownLatch(1);
        runImports.submit("d", request);
        await().until(() -> datasets.get("d").state() == ImportState.PUBLISHING);

        // When the database is away, and then does not answer the next attempts either
        datasets.setAway(true);
        topic.block.countDown();
        await().until(() -> datasets.refusals() > 5);
        assertThat(datasets.get("d").state()).isEqualTo(ImportState.PUBLISHING);
        assertThat(request.source().images()).exists();
        topic.images.clear();
        datasets.setAway(false);

        // Then
        assertThat(ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(topic.images).hasSize(20);
        await().until(() -> !Files.exists(request.source().images()));
    }

    @Test
    void aFailureThatCouldNotBeNotedIsNoEnd() throws Exception {
        topic.beforeSend = () -> {
            datasets.setAway(true);
            throw new PublishingFailedException("the network is away, and all with it", null);
        };
        runImports.submit("d", source(20, OnError.REJECT, false));
        await().until(() -> datasets.refusals() > 2);

        topic.beforeSend = () -> {};
        datasets.setAway(false);

        assertThat(ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(datasets.attempts("d")).as("the outage used none up").isEqualTo(1);
    }

    @Test
    void anOutageAfterTheEndLeavesNoUploadBehind() throws Exception {
        ImportRequest request = uploaded(source(20, OnError.REJECT, false));
        beforeAnnouncement = () -> datasets.setAway(true);
        runImports.submit("d", request);
        await().until(() -> datasets.refusals() > 2);

        datasets.setAway(false);

        await().until(() -> !Files.exists(request.source().csv().getParent()));
        assertThat(datasets.get("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(topic.images).hasSize(20);
    }

    @Test
    void stoppingDoesNotWaitForTheDatabase() throws Exception {
        datasets.add("d", source(20, OnError.REJECT, false));
        runImports.resume();
        datasets.setAway(true);
        await().until(() -> datasets.refusals() > 2);

        assertTimeoutPreemptively(Duration.ofSeconds(2), runImports::close);

        datasets.setAway(false);
        assertThat(datasets.unfinished()).containsKey("d");
        int calls = datasets.calls();
        Thread.sleep(5 * CONFIG.retryInterval().toMillis());
        assertThat(datasets.calls()).as("nobody asks any more").isEqualTo(calls);
    }

    @Test
    void anUploadThatCannotBeNotedIsDeleted() throws Exception {
        ImportRequest request = uploaded(source(20, OnError.REJECT, false));
        datasets.setAway(true);

        assertThatThrownBy(() -> runImports.submit("d", request)).isInstanceOf(DatasetsUnavailableException.class);

        assertThat(request.source().csv().getParent()).doesNotExist();
    }

    @Test
    void stoppingLeavesTheImportForTheNextStart() throws Exception {
        topic.block = new CountDownLatch(1);
        runImports.submit("d", source(20, OnError.REJECT, false));
        await().until(() -> datasets.get("d").state() == ImportState.PUBLISHING);

        runImports.close();

        assertThat(datasets.get("d").state()).isEqualTo(ImportState.PUBLISHING);
        assertThat(datasets.unfinished()).containsKey("d");
        assertThat(datasets.attempts("d")).as("which a stop does not use up").isZero();
    }

    @Test
    void anImportThatEndsItsProcessIsNotBegunForEver() throws Exception {
        ImportRequest request = uploaded(source(20, OnError.REJECT, false));
        datasets.add("d", request);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(datasets.get("d").state()).isEqualTo(ImportState.VALIDATING);
            datasets.validating("d"); // and then the process is gone
        }

        runImports.resume();

        assertThat(ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(ended("d").error()).contains("ended this process 3 times").contains("more memory");
        await().until(() -> !Files.exists(request.source().csv().getParent()));
    }

    @Test
    void aFailureOfKafkaFailsTheImportAndSaysSo() throws Exception {
        topic.failing = true;
        runImports.submit("d", source(20, OnError.REJECT, false));

        assertThat(ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(ended("d").error()).contains("check the broker");
    }

    @Test
    void whatCouldNotBeAnnouncedIsAnnouncedLater() throws Exception {
        kafkaIsAway = true;
        runImports.submit("d", source(20, OnError.REJECT, false));
        assertThat(ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(datasets.isAnnounced("d")).isFalse();

        kafkaIsAway = false;
        announceRegistered.run();
        announceRegistered.run();

        assertThat(announcements).hasSize(1);
        assertThat(datasets.isAnnounced("d")).isTrue();
    }

    @Test
    void uploadedFilesAreDeletedWhenTheImportHasEnded() throws Exception {
        ImportRequest request = uploaded(source(20, OnError.REJECT, true));
        runImports.submit("d", request);

        assertThat(ended("d").state()).isEqualTo(ImportState.REJECTED);
        await().until(() -> !Files.exists(request.source().csv().getParent()));
    }

    private Dataset ended(String id) {
        await().until(() -> switch (datasets.get(id).state()) {
            case VALIDATING, PUBLISHING -> false;
            case REGISTERED, REJECTED, FAILED -> true;
        });
        return datasets.get(id);
    }

    private static ImportRequest uploaded(ImportRequest request) {
        ImportSource uploaded =
                new ImportSource(request.source().csv(), request.source().images(), true);
        return new ImportRequest(request.name(), uploaded, request.classes(), request.onError(), request.split());
    }

    private ImportRequest source(int images, OnError onError, boolean withProblem) throws IOException {
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

    /** Keeps what is sent; acknowledges at once. */
    private static final class FakeTopic implements PublishImages {
        private final List<LabelledImage> images = new ArrayList<>();
        private boolean failing;
        private volatile Runnable beforeSend = () -> {};
        private CountDownLatch block;

        Map<String, Integer> folds() {
            Map<String, Integer> folds = new LinkedHashMap<>();
            images.stream()
                    .sorted(java.util.Comparator.comparing(LabelledImage::id))
                    .forEach(image -> folds.put(image.id(), image.fold()));
            return folds;
        }

        @Override
        public Publication begin() {
            return new Publication() {
                @Override
                public void send(LabelledImage image) {
                    beforeSend.run();
                    if (failing) {
                        throw new PublishingFailedException("check the broker", null);
                    }
                    if (block != null) {
                        try {
                            block.await();
                        } catch (InterruptedException e) {
                            throw new PublishingFailedException("interrupted", e);
                        }
                    }
                    images.add(image);
                }

                @Override
                public int acknowledged() {
                    return images.size();
                }

                @Override
                public List<OffsetRange> complete() {
                    return List.of(new OffsetRange(0, 0, images.size()));
                }
            };
        }
    }

    private static final ImportConfig CONFIG = new ImportConfig() {
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
