package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.TestStudy;
import io.karyoflow.tuner.testing.FastWatch;
import io.karyoflow.tuner.testing.TopicTail;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Studies from the request to the promoted model, on a real broker and database. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class StudyIT extends StudyScenario {
    @Test
    void aStudyRunsToItsEndAndItsBestModelIsPromoted() {
        // Given
        String study = createStudy("\"name\":\"first\",\"trials\":3,\"concurrency\":2,\"epochs\":2,\"seed\":5");
        TrialRequested one = taken(study, 1, 1);
        TrialRequested two = taken(study, 2, 1);
        assertThat(one.dataset()).isEqualTo(TestStudy.dataset("d1", 5, null));
        assertThat(one.hyperparameters()).isNotEqualTo(two.hyperparameters());
        assertThat(TopicTail.header(requests.ofKey(one.trialId()).get(0), "ce_type"))
                .isEqualTo("io.karyoflow.TrialRequested");
        assertThat(study(study).getMap("trialCounts"))
                .containsEntry("RUNNING", 2)
                .containsEntry("QUEUED", 0);

        // When
        train(one, 0.6);
        TrialRequested three = taken(study, 3, 1);
        train(two, 0.9);
        train(three, 0.7);

        // Then
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        assertThat(study(study).getString("bestTrialId")).isEqualTo(two.trialId());
        String model = trial(two).getString("modelId");
        assertThat(study(study).getString("promotedModelId")).isEqualTo(model);
        eventually(() -> assertThat(models.ofKey("default"))
                .extracting(record -> MessageJson.read(record.value(), ModelPromoted.class))
                .filteredOn(promoted -> promoted.studyId().equals(study))
                .singleElement()
                .satisfies(promoted -> {
                    assertThat(promoted.modelId()).isEqualTo(model);
                    assertThat(promoted.trialId()).isEqualTo(two.trialId());
                    assertThat(promoted.sha256()).hasSize(64).startsWith(model);
                }));
        given().get("/models").then().body("find { it.id == '" + model + "' }.serving", equalTo(true));
    }

    @Test
    void aSearchLearnsFromTheTrialsThatAreStored() {
        String study = createStudy("\"trials\":2,\"concurrency\":1,\"epochs\":1,\"promotion\":\"never\","
                + "\"search\":{\"type\":\"tpe\",\"startupTrials\":1}");
        given().get("/studies/" + study)
                .then()
                .body("specification.search.type", equalTo("tpe"))
                .body("specification.search.startupTrials", equalTo(1))
                .body("specification.search.candidates", equalTo(24));

        TrialRequested random = taken(study, 1, 1);
        train(random, 0.6);

        TrialRequested learned = taken(study, 2, 1);
        assertThat(learned.hyperparameters().learningRate()).isBetween(0.0003, 0.01);
        train(learned, 0.7);
        eventually(() -> assertThat(study(study).getString("bestTrialId")).isEqualTo(learned.trialId()));
    }

    @Test
    void ashaAsksTheWeakToStop() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":9,\"scheduler\":{\"type\":\"asha\"}");
        TrialRequested strong = taken(study, 1, 1);
        TrialRequested weak = taken(study, 2, 1);
        trainer.epoch(strong, 1, quality(0.8), quality(0.8));
        eventually(() -> assertThat(trial(strong).getInt("epochsDone")).isEqualTo(1));
        trainer.epoch(weak, 1, quality(0.2), quality(0.2));
        eventually(() -> assertThat(stops.ofKey(weak.trialId()))
                .singleElement()
                .extracting(record -> MessageJson.read(record.value(), TrialStopRequested.class))
                .satisfies(stop -> assertThat(stop.reason()).startsWith("0.2000 after epoch 1 is worse than 0.8000")));
        trainer.stopped(weak, 1);
        eventually(() -> assertThat(trial(weak).getString("state")).isEqualTo("STOPPED"));
        assertThat(trial(weak).getString("stopReason")).contains("best 1/3");
        assertThat(stops.ofKey(strong.trialId())).isEmpty();
        trainer.complete(strong, quality(0.8));
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
    }

    @Test
    void aTrialThatCompletesBeforeItsStopArrivesWasNotStopped() {
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        given().post("/studies/" + study + "/stop").then().statusCode(202);
        assertThat(trial(one).getString("stopReason")).isNotNull();

        train(one, 0.5);

        assertThat(trial(one).getString("stopReason")).isNull();
        assertThat(study(study).getString("bestTrialId")).isEqualTo(one.trialId());
    }

    @Test
    void ashaDoesNotStopATrialThatGoesBackToARungThatItPassed() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":9,\"scheduler\":{\"type\":\"asha\"}");
        TrialRequested first = taken(study, 1, 1);
        TrialRequested better = taken(study, 2, 1);
        trainer.epoch(first, 1, quality(0.5), quality(0.5));
        eventually(() -> assertThat(passedEpoch(first)).isEqualTo(1));
        trainer.epoch(better, 1, quality(0.9), quality(0.9));
        eventually(() -> assertThat(passedEpoch(better)).isEqualTo(1));

        trainer.epoch(first, 1, quality(0.5), quality(0.5));
        trainer.fail(first, "so that what was said before has been heard");

        eventually(() -> assertThat(trial(first).getString("state")).isEqualTo("FAILED"));
        assertThat(trial(first).getString("stopReason")).isNull();
    }

    private int passedEpoch(TrialRequested request) {
        return jdbi.withHandle(handle -> handle.select("SELECT passed_epoch FROM trial WHERE id = ?", request.trialId())
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aStoppedStudyPromotesTheBestOfWhatItHas() {
        // Given
        String study = createStudy("\"trials\":5,\"concurrency\":2,\"epochs\":2");
        TrialRequested one = taken(study, 1, 1);
        TrialRequested two = taken(study, 2, 1);
        train(one, 0.5);
        TrialRequested three = request(study, 3, 1);

        // When
        given().post("/studies/" + study + "/stop").then().statusCode(202).body("state", equalTo("STOPPING"));

        // Then
        eventually(() -> assertThat(stops.ofKey(two.trialId())).hasSize(1));
        assertThat(trial(three).getString("state")).isEqualTo("STOPPED");
        assertThat(trainer.take(three, "late")).isFalse();
        given().post("/studies/" + study + "/stop").then().statusCode(202);
        trainer.stopped(two, 0);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("STOPPED"));
        assertThat(study(study).getString("promotedModelId"))
                .isEqualTo(trial(one).getString("modelId"));
        given().post("/studies/" + study + "/stop")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("has ended already"));
    }
}
