package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.HandleTrialEvent;
import io.karyoflow.tuner.study.TestStudy;
import io.karyoflow.tuner.testing.FastWatch;
import io.karyoflow.tuner.testing.PlayedTrainer;
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
        hearAtOnce(failures);
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

    @Test
    void ofStudiesThatEndAtOnceTheBestModelServes() throws Exception {
        // Given
        trainer.registerDataset(TestStudy.dataset("d-at-once", 5, null));
        List<TrialEvent> completions = new ArrayList<>();
        String best = null;
        for (double quality : new double[] {0.5, 0.9, 0.4, 0.7, 0.6, 0.8}) {
            String study = createStudy("\"trials\":1,\"epochs\":1,\"promotion\":\"ifBetter\"", "d-at-once");
            TrialRequested request = taken(study, 1, 1);
            trainer.epoch(request, 1, quality(quality), quality(quality));
            String model = trainer.store(request, quality(quality));
            completions.add(PlayedTrainer.completed(request, quality(quality), model));
            best = quality == 0.9 ? model : best;
        }
        // When
        hearAtOnce(completions);
        // Then
        assertThat(given().get("/models").jsonPath().getList("findAll { it.serving }.id"))
                .containsExactly(best);
        List<Instant> times =
                jdbi.withHandle(handle -> handle.createQuery("SELECT promoted_at FROM promotion ORDER BY id")
                        .mapTo(Instant.class)
                        .list());
        assertThat(times).as("services go by the time").isSorted();
    }

    private void hearAtOnce(List<TrialEvent> events) throws Exception {
        ExecutorService tuners = Executors.newFixedThreadPool(events.size());
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> heard = new ArrayList<>();
        for (TrialEvent event : events) {
            heard.add(tuners.submit(() -> {
                together.await();
                handleTrialEvent.handle(event);
                return null;
            }));
        }
        together.countDown();
        for (Future<?> one : heard) {
            one.get();
        }
        tuners.shutdown();
    }
}
