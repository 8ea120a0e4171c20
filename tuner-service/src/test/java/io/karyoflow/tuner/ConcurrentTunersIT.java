package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.HandleTrialEvent;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Several tuners may hear of one study at the same moment. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class ConcurrentTunersIT extends StudyScenario {
    @Inject
    HandleTrialEvent handleTrialEvent;

    @Test
    void theyProposeEachTrialOnceAndKeepTheLimit() throws Exception {
        // Given
        int concurrency = 6;
        String study = createStudy("\"trials\":12,\"concurrency\":6,\"epochs\":1");
        List<TrialEvent> failures = new ArrayList<>();
        for (int number = 1; number <= concurrency; number++) {
            TrialRequested request = taken(study, number, 1);
            failures.add(new TrialEvent.Failed(study, request.trialId(), 1, Instant.now(), "no luck"));
        }
        // When
        ExecutorService tuners = Executors.newFixedThreadPool(concurrency);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> heard = new ArrayList<>();
        for (TrialEvent failure : failures) {
            heard.add(tuners.submit(() -> {
                together.await();
                handleTrialEvent.handle(failure);
                return null;
            }));
        }
        together.countDown();
        for (Future<?> one : heard) {
            one.get();
        }
        tuners.shutdown();
        // Then
        assertThat(study(study).getMap("trialCounts"))
                .containsEntry("FAILED", 6)
                .containsEntry("QUEUED", 6);
        for (int number = concurrency + 1; number <= 12; number++) {
            TrialRequested request = taken(study, number, 1);
            trainer.epoch(request, 1, quality(0.5), quality(0.5));
            trainer.complete(request, quality(0.5));
        }
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        for (int number = concurrency + 1; number <= 12; number++) {
            assertThat(requests.ofKey(String.format("%s-%03d", study, number))).hasSize(1);
        }
    }
}
