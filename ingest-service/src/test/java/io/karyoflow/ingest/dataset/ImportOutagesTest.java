package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An outage delays an import, and loses nothing. */
class ImportOutagesTest {
    @TempDir
    Path folder;

    private ImportBench bench;

    @BeforeEach
    void start() {
        bench = new ImportBench(folder);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void anOutageOfTheDatabaseOnlyDelaysAnImport() throws Exception {
        // Given an upload that is being published
        ImportRequest request = ImportBench.uploaded(bench.source(20, OnError.REJECT, false));
        bench.topic.block = new CountDownLatch(1);
        bench.runImports.submit("d", request);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> bench.datasets.get("d").state() == ImportState.PUBLISHING);

        // When the database is away, and then does not answer the next attempts either
        bench.datasets.setAway(true);
        bench.topic.block.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.datasets.refusals() > 5);
        assertThat(bench.datasets.get("d").state()).isEqualTo(ImportState.PUBLISHING);
        assertThat(request.source().images()).exists();
        assertThat(bench.topic.closed)
                .as("nothing arrives later, among the images of the next attempt")
                .isEqualTo(bench.topic.begun);
        bench.topic.images.clear();
        bench.datasets.setAway(false);

        // Then
        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.topic.images).hasSize(20);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !Files.exists(request.source().images()));
    }

    @Test
    void aFailureThatCouldNotBeNotedIsNoEnd() throws Exception {
        bench.topic.beforeSend = () -> {
            bench.datasets.setAway(true);
            throw new PublishingFailedException("the network is away, and all with it", null);
        };
        bench.runImports.submit("d", bench.source(20, OnError.REJECT, false));
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.datasets.refusals() > 2);

        bench.topic.beforeSend = () -> {};
        bench.datasets.setAway(false);

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.datasets.attempts("d")).as("the outage used none up").isEqualTo(1);
    }

    @Test
    void anOutageAfterTheEndLeavesNoUploadBehind() throws Exception {
        ImportRequest request = ImportBench.uploaded(bench.source(20, OnError.REJECT, false));
        bench.beforeAnnouncement = () -> bench.datasets.setAway(true);
        bench.runImports.submit("d", request);
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.datasets.refusals() > 2);

        bench.datasets.setAway(false);

        await().atMost(Duration.ofMinutes(1))
                .until(() -> !Files.exists(request.source().csv().getParent()));
        assertThat(bench.datasets.get("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.topic.images).hasSize(20);
    }

    @Test
    void stoppingDoesNotWaitForTheDatabase() throws Exception {
        bench.datasets.add("d", bench.source(20, OnError.REJECT, false));
        bench.runImports.resume();
        bench.datasets.setAway(true);
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.datasets.refusals() > 2);

        assertTimeoutPreemptively(Duration.ofSeconds(2), bench.runImports::close);

        bench.datasets.setAway(false);
        assertThat(bench.datasets.unfinished()).containsKey("d");
        int calls = bench.datasets.calls();
        Thread.sleep(5 * ImportBench.CONFIG.retryInterval().toMillis());
        assertThat(bench.datasets.calls()).as("nobody asks any more").isEqualTo(calls);
    }

    @Test
    void anUploadThatCannotBeNotedIsDeleted() throws Exception {
        ImportRequest request = ImportBench.uploaded(bench.source(20, OnError.REJECT, false));
        bench.datasets.setAway(true);

        assertThatThrownBy(() -> bench.runImports.submit("d", request)).isInstanceOf(StoreUnavailableException.class);

        assertThat(request.source().csv().getParent()).doesNotExist();
    }

    @Test
    void aFailureOfKafkaFailsTheImportAndSaysSo() throws Exception {
        bench.topic.failing = true;
        bench.runImports.submit("d", bench.source(20, OnError.REJECT, false));

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(bench.ended("d").error()).contains("check the broker");
    }

    @Test
    void whatCouldNotBeAnnouncedIsAnnouncedLater() throws Exception {
        bench.kafkaIsAway = true;
        bench.runImports.submit("d", bench.source(20, OnError.REJECT, false));
        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.datasets.isAnnounced("d")).isFalse();

        bench.kafkaIsAway = false;
        bench.announceRegistered.run();
        bench.announceRegistered.run();

        assertThat(bench.announcements).hasSize(1);
        assertThat(bench.datasets.isAnnounced("d")).isTrue();
    }
}
