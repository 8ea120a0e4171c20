package io.karyoflow.ingest.dataset;

import static io.karyoflow.ingest.TestImages.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.DatasetRegistered.Split.Kind;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a crash has left, with the real topic and tables. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class ImportRecoveryIT {
    @Inject
    Datasets datasets;

    @Inject
    RunImports runImports;

    @Inject
    PublishImages publishImages;

    @ConfigProperty(name = IngestProfile.IMPORT_ROOT)
    Path root;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private ImportedDatasets imported;

    @BeforeEach
    void start() {
        imported = new ImportedDatasets(datasets, root, bootstrapServers);
    }

    @Test
    void anImportThatACrashLeftHalfPublishedBeginsAgainAndItsRangesHoldItOnce() throws Exception {
        // Given an import of 30 images of which an earlier process has published 10
        ImportRequest request = imported.request(imported.source("resumed", 30, 2000));
        String id = RunImports.newId();
        datasets.add(id, request);
        datasets.publishing(id, ImportReport.EMPTY);
        PublishImages.Publication before = publishImages.begin();
        for (int i = 0; i < 10; i++) {
            byte[] bytes = png(2000 + i);
            before.send(new LabelledImage(Sha256.of(bytes), id, i + ".png", 0, 0, null, "image/png", bytes));
        }
        before.complete();

        // When the service starts
        runImports.resume();

        // Then
        Dataset dataset = imported.ended(id);
        assertThat(dataset.state()).isEqualTo(ImportState.REGISTERED);
        assertThat(imported.imagesOf(id)).hasSize(40);
        assertThat(imported.imagesInRanges(dataset.registration()))
                .extracting(LabelledImage::filename)
                .doesNotHaveDuplicates()
                .hasSize(30);
    }

    @Test
    void attemptsAreCountedUnlessTheyWereSurvived() throws Exception {
        String id = RunImports.newId();
        datasets.add(id, imported.request(imported.source("attempts", 4, 5000)));
        assertThat(datasets.attempts(id)).isZero();
        datasets.survived(id);
        for (int i = 0; i < 4; i++) {
            datasets.validating(id);
        }
        datasets.survived(id);
        assertThat(datasets.attempts(id)).isEqualTo(3);

        runImports.resume();

        Dataset dataset = imported.ended(id);
        assertThat(dataset.state()).isEqualTo(ImportState.FAILED);
        assertThat(dataset.error()).contains("ended this process 3 times");
    }

    @Test
    void aRegistrationThatACrashLeftUnannouncedIsAnnounced() throws Exception {
        String id = RunImports.newId();
        DatasetRegistered registration = new DatasetRegistered(
                id,
                "left",
                List.of("a", "b"),
                2,
                List.of(1, 1),
                List.of(List.of(1, 0), List.of(0, 1)),
                null,
                new DatasetRegistered.Split(Kind.STRATIFIED, 0, 2, null),
                List.of(new OffsetRange(0, 0, 2)),
                java.time.Instant.parse("2026-01-01T00:00:00Z"));
        datasets.add(id, imported.request(imported.source("unannounced", 4, 3000)));
        datasets.registered(id, registration);

        await().atMost(Duration.ofMinutes(1)).until(() -> datasets.unannounced().isEmpty());

        assertThat(imported.announcements(id)).containsExactly(registration);
    }

    @Test
    void onlyOneInstanceClaimsAnImport() {
        try (Datasets.Claim claim = datasets.claim("x").orElseThrow()) {
            assertThat(claim).isNotNull();
            assertThat(datasets.claim("x")).isEmpty();
            datasets.claim("y").orElseThrow().close();
        }
        datasets.claim("x").orElseThrow().close();
    }
}
