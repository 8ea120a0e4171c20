package io.karyoflow.ingest.scanner;

import static io.karyoflow.ingest.TestImages.png;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.karyoflow.ingest.TestImages;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.PublishRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The watched folder with a real topic behind it. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class ScannerIT {
    @Inject
    PublishRequests publishRequests;

    @Inject
    FindPublishedRequests findPublishedRequests;

    @Inject
    CheckImage checkImage;

    @Inject
    ScannerConfig config;

    @ConfigProperty(name = IngestProfile.SCANNER_FOLDER)
    Path watched;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @TempDir
    Path folder;

    @Test
    void theRunningServicePublishesABurstAndRejectsWhatIsBroken() throws Exception {
        for (int i = 0; i < 600; i++) {
            Files.write(watched.resolve("burst-" + i + ".png"), png(10_000 + i));
        }
        Files.write(watched.resolve("burst-cut.png"), TestImages.truncated(png(1)));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> requests("burst-").size() == 600
                        && Files.exists(watched.resolve("rejected/burst-cut.png.reason.txt"))
                        && Files.exists(watched.resolve("rejected/burst-cut.png")));

        assertThat(requests("burst-")).extracting(PredictionRequest::id).doesNotHaveDuplicates();
        assertThat(watched.resolve("done/burst-0.png")).hasBinaryContent(png(10_000));
    }

    @Test
    void afterACrashNothingIsRepeatedAndNothingSkipped() throws Exception {
        // Given a process that dies after Kafka has acknowledged 3 of 8 files, before it could put them away
        for (int i = 0; i < 8; i++) {
            Files.write(folder.resolve("crash-" + i + ".png"), png(20_000 + i));
        }
        WatchFolder dying = watch(requests -> {
            publishRequests.publish(requests.subList(0, 3));
            throw new IllegalStateException("killed");
        });
        dying.poll();
        Thread.sleep(config.settle().toMillis() + 50);
        assertThatThrownBy(dying::poll).hasMessage("killed");
        dying.close();
        assertThat(requests("crash-")).hasSize(3);

        // When the next one starts
        List<Integer> batches = new ArrayList<>();
        try (WatchFolder next = watch(requests -> {
            batches.add(requests.size());
            publishRequests.publish(requests);
        })) {
            next.poll();
        }

        // Then
        assertThat(batches).containsExactly(5);
        assertThat(requests("crash-"))
                .extracting(PredictionRequest::id)
                .doesNotHaveDuplicates()
                .hasSize(8);
        try (java.util.stream.Stream<Path> done = Files.list(folder.resolve("done"))) {
            assertThat(done).hasSize(8);
        }
    }

    private WatchFolder watch(PublishRequests publish) {
        return new WatchFolder(
                folder,
                config,
                checkImage,
                publish,
                findPublishedRequests,
                new ScanListener() {
                    @Override
                    public void published(int files) {}

                    @Override
                    public void rejected(String file, String reason) {}
                },
                Clock.systemUTC());
    }

    private List<PredictionRequest> requests(String prefix) throws IOException {
        return TestTopics.read(bootstrapServers, Topics.PREDICTION_REQUESTS).stream()
                .map(ImageRecords::predictionRequest)
                .filter(request ->
                        request.filename() != null && request.filename().startsWith(prefix))
                .toList();
    }
}
