package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.karyoflow.tuner.testing.PlayedTrainer;
import io.karyoflow.tuner.testing.TopicTail;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Studies whose workers vanish, repeat themselves or say what cannot be, and tuners that died. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class FaultsIT extends StudyScenario {
    @Test
    void whatIsSaidTwiceCountsOnce() {
        String study = createStudy("\"trials\":3,\"concurrency\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        train(one, 0.5);
        String model = trial(one).getString("modelId");
        TrialRequested two = taken(study, 2, 1);
        trainer.say(PlayedTrainer.completed(one, quality(0.5), model));
        trainer.fail(one, "a late thought");
        train(two, 0.5);
        request(study, 3, 1);
        assertThat(trial(one).getString("state")).isEqualTo("COMPLETED");
        assertThat(study(study).getMap("trialCounts"))
                .containsEntry("COMPLETED", 2)
                .containsEntry("QUEUED", 1);
    }

    @Test
    void aTrialWhoseWorkerVanishesIsTriedAgainAndTheOvertakenWorkerIsNotHeard() {
        // Given
        String study = createStudy("\"trials\":1,\"epochs\":3");
        TrialRequested first = taken(study, 1, 1);
        trainer.epoch(first, 1, quality(0.3), quality(0.3));
        trainer.epoch(first, 2, quality(0.9), quality(0.9));
        eventually(() -> assertThat(trial(first).getInt("epochsDone")).isEqualTo(2));

        // When
        trainer.fallSilent(first, 3);
        TrialRequested second = request(study, 1, 2);

        // Then
        assertThat(second.seed()).isEqualTo(first.seed());
        assertThat(second.hyperparameters()).isEqualTo(first.hyperparameters());
        assertThat(trainer.take(first, "worker that woke up")).isFalse();
        trainer.fail(first, "said by an overtaken worker");
        assertThat(trainer.take(second, "worker-2")).isTrue();
        trainer.epoch(second, 1, quality(0.4), quality(0.4));
        eventually(() -> {
            assertThat(trial(second).getString("state")).isEqualTo("RUNNING");
            assertThat(trial(second).getInt("epochsDone")).isEqualTo(1);
            assertThat(trial(second).getInt("attempt")).isEqualTo(2);
        });
        given().get("/trials/" + second.trialId() + "/reports").then().body("meanAuc", equalTo(List.of(0.4f)));
        trainer.complete(second, quality(0.4));
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        assertThat(trial(second).getString("failure")).isNull();
    }

    @Test
    void afterThreeLossesATrialHasFailed() {
        String study = createStudy("\"trials\":1,\"epochs\":3");
        for (int attempt = 1; attempt <= 3; attempt++) {
            TrialRequested request = request(study, 1, attempt);
            assertThat(trainer.take(request, "worker-" + attempt)).isTrue();
            trainer.fallSilent(request, 3);
        }
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));
        assertThat(study(study).getString("failure")).contains("vanished three times");
        assertThat(study(study).getString("promotedModelId")).isNull();
    }

    @Test
    void aTrialThatLeavesCheckpointsOutlivesAnyNumberOfWorkers() {
        String study = createStudy("\"trials\":1,\"epochs\":3");
        for (int attempt = 1; attempt <= 4; attempt++) {
            TrialRequested request = request(study, 1, attempt);
            assertThat(trainer.take(request, "worker-" + attempt)).isTrue();
            trainer.leaveCheckpoint(request);
            trainer.fallSilent(request, 3);
        }
        train(taken(study, 1, 5), 0.5);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
    }

    @Test
    void whatATunerLeftUnsentIsSent() {
        // Given a request that was committed but not marked: what a crash in between leaves
        String study = createStudy("\"trials\":1");
        TrialRequested request = request(study, 1, 1);
        eventually(() -> assertThat(unsent(request)).isFalse());
        int before = requests.ofKey(request.trialId()).size();
        // When
        jdbi.useHandle(handle -> handle.execute("UPDATE trial SET sent_at = NULL WHERE id = ?", request.trialId()));
        // Then
        eventually(() -> assertThat(requests.ofKey(request.trialId())).hasSize(before + 1));
        eventually(() -> assertThat(unsent(request)).isFalse());
    }

    @Test
    void aRequestThatNobodyTakesIsSentOnceMore() {
        String study = createStudy("\"trials\":2,\"concurrency\":2");
        TrialRequested lost = request(study, 1, 1);
        TrialRequested taken = taken(study, 2, 1);
        eventually(() -> assertThat(unsent(lost)).isFalse());

        jdbi.useHandle(handle ->
                handle.execute("UPDATE trial SET sent_at = now() - interval '7 hours' WHERE study_id = ?", study));

        eventually(() -> assertThat(requests.ofKey(lost.trialId())).hasSize(2));
        assertThat(request(study, 1, 1)).isEqualTo(lost);
        assertThat(requests.ofKey(taken.trialId())).hasSize(1);
    }

    private boolean unsent(TrialRequested request) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT sent_at IS NULL FROM trial WHERE id = :id")
                .bind("id", request.trialId())
                .mapTo(Boolean.class)
                .one());
    }

    @Test
    void aModelThatIsNotStoredIsNoCompletion() {
        String study = createStudy("\"trials\":1");
        TrialRequested one = taken(study, 1, 1);
        trainer.say(PlayedTrainer.completed(one, quality(0.5), "nowhere"));
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));
        assertThat(trial(one).getString("failure")).contains("model nowhere is not stored");
    }

    @Test
    void whatCannotBeUsedGoesToTheDeadLettersAndTheNextIsServed() {
        String study = createStudy("\"trials\":1");
        TrialRequested one = request(study, 1, 1);
        trainer.say(one.trialId(), "{not json".getBytes());
        trainer.say(one.trialId(), null);
        TrialRequested unknown = renamed(one, study, study + "-999");
        trainer.fail(unknown, "whose is this?");
        trainer.fail(renamed(one, "another", one.trialId()), "of another study");
        trainer.fail(
                new TrialRequested(
                        one.trialId(), 9, study, one.architecture(), one.hyperparameters(), 1, 0, one.dataset(), 0),
                "too new");
        taken(study, 1, 1);
        eventually(() -> assertThat(deadLetters.records(
                        record -> record.key() != null && record.key().startsWith(study)))
                .extracting(record -> TopicTail.header(record, "dead-letter-reason"))
                .hasSize(5)
                .anyMatch(reason -> reason.startsWith("not a TrialEvent"))
                .anyMatch(reason -> reason.startsWith("the record has no value"))
                .anyMatch(reason -> reason.startsWith("there is no trial '" + study + "-999'"))
                .anyMatch(reason -> reason.contains("belongs to study " + study + ", not to another"))
                .anyMatch(reason -> reason.contains("attempt 9")));
    }

    @Test
    void aReasonThatPostgresqlHasNoTextForIsHeard() {
        String study = createStudy("\"trials\":1");
        TrialRequested one = taken(study, 1, 1);
        trainer.fail(one, "there is no tensor 'a\0b'");
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));
        assertThat(trial(one).getString("failure")).isEqualTo("there is no tensor 'a\uFFFDb'");
    }

    @Test
    void aRecordThatPassedOnlyCompressedEndsNothing() {
        TrialRequested one = request(createStudy("\"trials\":1"), 1, 1);

        trainer.say(one.trialId(), " ".repeat(4_000_000).getBytes());

        taken(one.studyId(), 1, 1);
        eventually(() -> assertThat(deadLetters.ofKey(one.trialId())).hasSize(1));
    }

    @Test
    void attributesOfACloudEventThatAreMissingEndNothing() {
        TrialRequested one = request(createStudy("\"trials\":1"), 1, 1);
        Headers withoutSource = new RecordHeaders().add("ce_specversion", "1.0".getBytes());
        Headers withoutContent = new RecordHeaders().add("content-type", "application/cloudevents+json".getBytes());

        trainer.say(one.trialId(), "by hand".getBytes(), withoutSource);
        trainer.say(one.trialId(), "by hand".getBytes(), withoutContent);

        taken(one.studyId(), 1, 1);
        eventually(() -> assertThat(deadLetters.ofKey(one.trialId())).hasSize(2));
    }

    private static TrialRequested renamed(TrialRequested request, String study, String trial) {
        return new TrialRequested(
                trial, 1, study, request.architecture(), request.hyperparameters(), 1, 0, request.dataset(), 0);
    }
}
