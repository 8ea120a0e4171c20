package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.TestStudy;
import io.karyoflow.tuner.testing.FastWatch;
import io.karyoflow.tuner.testing.PlayedTrainer;
import io.karyoflow.tuner.testing.TopicTail;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
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
    void aStudyPromotesItsModelOnlyIfItIsToldSo() {
        // Given a model in service
        String first = endedStudy("\"promotion\":\"always\"", 0.7);
        assertThat(study(first).getString("promotionReason")).contains("whatever is in service");
        String inService = study(first).getString("promotedModelId");
        assertServes(inService);

        // When studies end whose best models are worse, better, or not to be promoted
        String worse = endedStudy("\"promotion\":\"ifBetter\"", 0.6);
        assertThat(study(worse).getString("promotedModelId")).isNull();
        assertThat(study(worse).getString("promotionReason"))
                .isEqualTo("macro F1 0.6000 is not better than the 0.7000 of model " + inService
                        + ", which stays in service");
        assertServes(inService);

        String better = endedStudy("\"promotion\":\"ifBetter\"", 0.8);
        inService = study(better).getString("promotedModelId");
        assertThat(study(better).getString("promotionReason")).startsWith("macro F1 0.8000 is better than the 0.7000");
        assertServes(inService);

        String kept = endedStudy("\"promotion\":\"never\"", 0.9);
        assertThat(study(kept).getString("promotedModelId")).isNull();
        assertThat(study(kept).getString("promotionReason")).contains("POST /models/");
        assertServes(inService);

        // Then one that was validated on other images serves, because nobody can say which is better
        String elsewhere = endedStudy("\"promotion\":\"ifBetter\",\"validationFold\":1", 0.1);
        assertServes(study(elsewhere).getString("promotedModelId"));
        assertThat(study(elsewhere).getString("promotionReason"))
                .contains("cannot be compared with model " + inService, "fold 0 of data set d1");
    }

    /** A study of one trial, trained to this quality. */
    private String endedStudy(String settings, double quality) {
        String study = createStudy("\"trials\":1,\"epochs\":1," + settings);
        train(taken(study, 1, 1), quality);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        return study;
    }

    private void assertServes(String model) {
        assertThat(given().get("/models").jsonPath().getList("findAll { it.serving }.id"))
                .containsExactly(model);
        eventually(() -> assertThat(models.records(record -> true))
                .last()
                .extracting(record ->
                        MessageJson.read(record.value(), ModelPromoted.class).modelId())
                .isEqualTo(model));
    }

    @Test
    void aTrialShowsItsCurvesAndItsReport() {
        String study = createStudy("\"trials\":1,\"epochs\":2");
        TrialRequested one = taken(study, 1, 1);
        trainer.epoch(one, 1, quality(0.5), quality(0.4));
        trainer.epoch(one, 2, quality(0.7), quality(0.6));
        trainer.complete(one, quality(0.6));
        eventually(() -> assertThat(trial(one).getString("state")).isEqualTo("COMPLETED"));
        given().get("/trials/" + one.trialId())
                .then()
                .body("epochsDone", equalTo(2))
                .body("epochs", equalTo(2))
                .body("worker", equalTo("worker-1"))
                .body("validation.macroF1", equalTo(0.6f))
                .body("curves.epoch", equalTo(List.of(1, 2)))
                .body("curves.trainingAccuracy", equalTo(List.of(0.5f, 0.7f)))
                .body("curves.validationLoss", equalTo(List.of(0.6f, 0.4f)))
                .body("curves.imagesPerSecond", hasItem(250f))
                .body("report.epoch", equalTo(2))
                .body("report.confusionMatrix[1]", equalTo(List.of(31, 160, 6, 3)))
                .body("report.perClass[3].f1", equalTo(0.918f))
                .body("report.perClass[3].auc", equalTo(0.974f))
                .body("report.meanAuc", equalTo(0.6f))
                .body("report.expectedCalibrationErrorAfter", equalTo(0.023f))
                .body("report.brierScoreBefore", equalTo(0.317f))
                .body("report.brierScoreAfter", equalTo(0.289f));
        given().get("/trials/" + one.trialId() + "/reports")
                .then()
                .body("epoch", equalTo(List.of(1, 2)))
                .body("meanAuc", equalTo(List.of(0.4f, 0.6f)))
                .body("[0].perClass.auc", equalTo(List.of(0.961f, 0.942f, 0.983f, 0.974f)));
        given().get("/trials/x/reports").then().statusCode(404);
        given().get("/studies/" + study + "/curves").then().body("[0].curves.size()", equalTo(2));
    }

    @Test
    void dashboardsShowClassesByEpochAndThoseOfCompletedTrialsAfterTheirLastEpoch() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":2");
        train(taken(study, 1, 1), 0.6);
        TrialRequested running = taken(study, 2, 1);
        trainer.epoch(running, 1, quality(0.5), quality(0.4));

        assertThat(dashboard("class_metrics", study))
                .extracting(row -> row.get("trial_number"), row -> row.get("class_name"), row -> row.get("auc"))
                .containsExactlyInAnyOrder(
                        tuple(1, "normal epithelial", 0.961),
                        tuple(1, "cancer epithelial", 0.942),
                        tuple(1, "muscle", 0.983),
                        tuple(1, "immune leukocyte", 0.974));
        assertThat(dashboard("epoch_class_metrics", study))
                .filteredOn("class_name", "muscle")
                .extracting(row -> row.get("trial_number"), row -> row.get("epoch"), row -> row.get("f1"))
                .containsExactlyInAnyOrder(tuple(1, 1, 0.902), tuple(1, 2, 0.902), tuple(2, 1, 0.902));
        assertThat(dashboard("epoch_reports", study))
                .extracting(row -> row.get("trial_number"), row -> row.get("epoch"), row -> row.get("mean_auc"))
                .containsExactlyInAnyOrder(tuple(1, 1, 0.6), tuple(1, 2, 0.6), tuple(2, 1, 0.4));
    }

    private List<Map<String, Object>> dashboard(String view, String study) {
        return jdbi.withHandle(
                handle -> handle.select("SELECT * FROM dashboards." + view + " WHERE study_id = ?", study)
                        .mapToMap()
                        .list());
    }

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

    private static TrialRequested renamed(TrialRequested request, String study, String trial) {
        return new TrialRequested(
                trial, 1, study, request.architecture(), request.hyperparameters(), 1, 0, request.dataset(), 0);
    }

    @Test
    void aModelIsPromotedByHand() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":1");
        TrialRequested weak = taken(study, 1, 1);
        TrialRequested strong = taken(study, 2, 1);
        train(weak, 0.4);
        train(strong, 0.8);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        String model = trial(weak).getString("modelId");
        given().post("/models/" + model + "/promotion")
                .then()
                .statusCode(202)
                .body("serving", equalTo(true))
                .body("validation.macroF1", equalTo(0.4f));
        assertServes(model);
        given().post("/models/none/promotion").then().statusCode(404).body("detail", containsString("no model 'none'"));
    }

    @Test
    void aStudyThatCannotRunIsRefusedWithAllReasons() {
        trainer.insertDataset("unready", "PUBLISHING", null);
        refused(
                "{\"dataset\":\"nowhere\"," + SPACE + "}",
                "there is no data set 'nowhere'; import one with POST /datasets");
        refused("{\"dataset\":\"unready\"," + SPACE + "}", "'unready' is PUBLISHING");
        refused("{\"dataset\":\"d1\"," + SPACE + ",\"validationFold\":5,\"epochs\":0}", "from 0 to 4");
        refused("{\"dataset\":\"d1\",\"space\":{\"width\":{\"type\":\"integer\",\"min\":1,\"max\":8}}}", "space.width");
        given().contentType("application/json")
                .body("{\"dataset\":\"d1\"," + SPACE + ",\"validationFold\":5,\"epochs\":0}")
                .post("/studies")
                .then()
                .body("problems.size()", equalTo(2));
    }

    private static void refused(String body, String reason) {
        given().contentType("application/json")
                .body(body)
                .post("/studies")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString(reason));
    }

    @Test
    void whatIsUnknownIsNotFound() {
        for (String path : List.of("/studies/x", "/studies/x/trials", "/studies/x/curves", "/trials/x", "/models/x")) {
            given().get(path).then().statusCode(404).contentType("application/problem+json");
        }
        given().post("/studies/x/stop").then().statusCode(404);
    }

    @Test
    void aNewStudyAnswersWhereItIs() {
        given().contentType("application/json")
                .body("{\"dataset\":\"d1\"," + SPACE + ",\"trials\":1}")
                .post("/studies")
                .then()
                .statusCode(201)
                .header("Location", containsString("/studies/"))
                .body("state", equalTo("RUNNING"))
                .body("name", containsString("study "))
                .body("specification.metric", equalTo("macroF1"))
                .body("specification.space.learningRate.type", equalTo("loguniform"))
                .body("trialCounts.QUEUED", equalTo(1))
                .body("trialCounts.FAILED", equalTo(0));
        given().get("/studies").then().body("[0].dataset", equalTo("d1"));
        given().get("/studies")
                .then()
                .body("[0].name", endsWith(given().get("/studies").path("[0].id")));
    }

    @Test
    void saysWhatASpaceMayVary() {
        given().get("/hyperparameters")
                .then()
                .statusCode(200)
                .body("properties.schedule.enum", hasItems("cosine", "onecycle"))
                .body("properties.learningRate.maximum", equalTo(1))
                .body("properties.learningRate.description", containsString("step size"));
    }

    /** All epochs at one quality, to the end. */
    private void train(TrialRequested request, double quality) {
        for (int epoch = 1; epoch <= request.epochs(); epoch++) {
            trainer.epoch(request, epoch, quality(quality), quality(quality));
        }
        trainer.complete(request, quality(quality));
        eventually(() -> assertThat(trial(request).getString("state")).isEqualTo("COMPLETED"));
    }
}
