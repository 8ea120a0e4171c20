package io.karyoflow.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.LabelledImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportDatasetTest {
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
    void aGoodDataSetIsPublishedOnceRegisteredAndAnnounced() throws Exception {
        bench.runImports.submit("d", bench.source(20, OnError.REJECT, false));

        Dataset dataset = bench.ended("d");
        assertThat(dataset.state()).isEqualTo(ImportState.REGISTERED);
        assertThat(dataset.checked()).isEqualTo(20);
        assertThat(dataset.published()).isEqualTo(20);
        assertThat(dataset.registration().classCounts()).containsExactly(10, 10);
        assertThat(dataset.registration().foldCounts()).containsExactly(List.of(5, 5), List.of(5, 5));
        assertThat(bench.topic.images)
                .hasSize(20)
                .extracting(LabelledImage::dataset)
                .containsOnly("d");
        assertThat(bench.topic.images.stream().map(LabelledImage::label).limit(8))
                .as("shuffled, though the CSV is sorted by class")
                .contains(0, 1);
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.datasets.isAnnounced("d"));
        assertThat(bench.announcements).containsExactly(dataset.registration());
    }

    @Test
    void aProblemRefusesTheWholeUnlessItIsToBeSkipped() throws Exception {
        ImportRequest refused = bench.source(20, OnError.REJECT, true);
        bench.runImports.submit("refused", refused);

        assertThat(bench.ended("refused").state()).isEqualTo(ImportState.REJECTED);
        assertThat(bench.ended("refused").report().problemCount()).isEqualTo(1);
        assertThat(bench.ended("refused").error()).contains("onError=skip");
        assertThat(bench.topic.images).isEmpty();

        bench.runImports.submit("skipped", bench.source(20, OnError.SKIP, true));
        assertThat(bench.ended("skipped").state()).isEqualTo(ImportState.REGISTERED);
        assertThat(bench.ended("skipped").report().problemCount()).isEqualTo(1);
        assertThat(bench.ended("skipped").registration().images()).isEqualTo(20);
    }

    @Test
    void tooFewImagesOfAClassAreRefusedWithTheReason() throws Exception {
        bench.runImports.submit("d", bench.source(2, OnError.SKIP, false));

        assertThat(bench.ended("d").state()).isEqualTo(ImportState.REJECTED);
        assertThat(bench.ended("d").error()).contains("'a' has 1 usable image").contains("add images");
        assertThat(bench.topic.images).isEmpty();
    }

    @Test
    void foldsDoNotDependOnTheOrderOfCsvAndArchive() throws Exception {
        ImportRequest request = bench.source(40, OnError.REJECT, false);
        bench.runImports.submit("first", request);
        bench.ended("first");
        Map<String, Integer> folds = bench.topic.folds();
        List<String> fingerprints = bench.ended("first").registration().foldFingerprints();
        bench.topic.images.clear();
        List<String> lines = new ArrayList<>(Files.readAllLines(request.source().csv()));
        java.util.Collections.reverse(lines.subList(1, lines.size()));
        Files.write(request.source().csv(), lines);

        bench.runImports.submit("second", request);
        bench.ended("second");

        assertThat(bench.topic.folds()).isEqualTo(folds).hasSize(40);
        assertThat(bench.ended("second").registration().foldFingerprints())
                .isEqualTo(fingerprints)
                .hasSize(2);
    }
}
