package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunImportsTest {
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
    void anInterruptedImportBeginsAgain() throws Exception {
        // Given an import that a crash has left while it was publishing
        bench.datasets.add("d", bench.source(20, OnError.REJECT, false));
        bench.datasets.publishing("d", ImportReport.EMPTY);

        bench.runImports.resume();

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.topic.images).hasSize(20);
    }

    @Test
    void anInterruptedImportWhoseFilesAreGoneFails() throws Exception {
        ImportRequest request = bench.source(20, OnError.REJECT, false);
        Files.delete(request.source().images());
        bench.datasets.add("d", request);

        bench.runImports.resume();

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(bench.ended("d").error()).contains("gone").contains("import it again");
    }

    @Test
    void anImportThatAnotherInstanceRunsIsLeftToItUnlessItDies() throws Exception {
        bench.datasets.add("theirs", bench.source(20, OnError.REJECT, false));
        Datasets.Claim theirs = bench.datasets.claim("theirs").orElseThrow();

        bench.runImports.resume();
        bench.runImports.submit("ours", bench.source(20, OnError.REJECT, false));
        bench.ended("ours");

        assertThat(bench.datasets.get("theirs").state()).isEqualTo(ImportState.VALIDATING);
        theirs.close();
        assertThat(bench.ended("theirs").state()).isEqualTo(ImportState.REGISTERED);
    }

    @Test
    void stoppingLeavesTheImportForTheNextStart() throws Exception {
        bench.topic.block = new CountDownLatch(1);
        bench.runImports.submit("d", bench.source(20, OnError.REJECT, false));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> bench.datasets.get("d").state() == ImportState.PUBLISHING);

        bench.runImports.close();

        assertThat(bench.datasets.get("d").state()).isEqualTo(ImportState.PUBLISHING);
        assertThat(bench.datasets.unfinished()).containsKey("d");
        assertThat(bench.datasets.attempts("d"))
                .as("which a stop does not use up")
                .isZero();
    }

    @Test
    void anImportThatEndsItsProcessIsNotBegunForEver() throws Exception {
        ImportRequest request = ImportBench.uploaded(bench.source(20, OnError.REJECT, false));
        bench.datasets.add("d", request);
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(bench.datasets.get("d").state()).isEqualTo(ImportState.VALIDATING);
            bench.datasets.validating("d"); // and then the process is gone
        }

        bench.runImports.resume();

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.FAILED);
        assertThat(bench.ended("d").error())
                .contains("ended this process 3 times")
                .contains("more memory");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !Files.exists(request.source().csv().getParent()));
    }

    @Test
    void uploadedFilesAreDeletedWhenTheImportHasEnded() throws Exception {
        ImportRequest request = ImportBench.uploaded(bench.source(20, OnError.REJECT, true));
        bench.runImports.submit("d", request);

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REJECTED);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !Files.exists(request.source().csv().getParent()));
    }
}
