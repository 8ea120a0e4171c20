package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One configuration over folds and seeds, and a trial once more, on a real broker and database. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class RepeatsIT extends StudyScenario {
    /** Of the confusion matrix that the played trainer leaves, 697 of 800. */
    private static final float ACCURACY = 0.87125f;

    @Test
    void foldsAndSeedsAreTrainedAndSummarisedWithoutABestOne() {
        // Given
        String study = post(
                        "/studies",
                        """
                        {"dataset": "d1", "space": {"width": 8}, "epochs": 1, "concurrency": 4,
                         "repeats": {"folds": [0, 3], "seeds": [7, 5]}}""")
                .statusCode(201)
                .body("plannedTrials", equalTo(4))
                .extract()
                .path("id");
        given().get("/studies/" + study + "/summary").then().body("measures", equalTo(List.of()));
        assertThat(page(study)).contains("folds 0, 3;", "seeds 7, 5", "when the first trial is completed");
        for (int number = 1; number <= 3; number++) {
            train(taken(study, number, 1), 0.5 + 0.1 * number);
        }
        TrialRequested last = taken(study, 4, 1);
        assertThat(last.validationFold()).isEqualTo(3);
        assertThat(last.seed()).isEqualTo(5);
        assertThat(last.hyperparameters()).isEqualTo(Hyperparameters.of(Map.of("width", 8)));

        // When
        trainer.epoch(last, 1, quality(0.9), quality(0.9));
        trainer.fail(last, "the loss is not a number");

        // Then
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        given().get("/studies/" + study)
                .then()
                .body("bestTrialId", nullValue())
                .body("bestValidation", nullValue())
                .body("promotedModelId", nullValue());
        given().get("/studies/" + study + "/summary")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("planned", equalTo(4))
                .body("completed", equalTo(3))
                .body("failed", equalTo(1))
                .body("measures[1].name", equalTo("accuracy"))
                .body("measures[1].bySeed", equalTo(Arrays.asList(ACCURACY, null)))
                .body("measures[1].mean", equalTo(ACCURACY))
                .body("measures[1].sd", nullValue())
                .body("measures[1].byFold", equalTo(List.of(ACCURACY, ACCURACY)))
                .body("measures[4].name", equalTo("F1 muscle"))
                .body("measures[6].meanOverFolds", equalTo(0.023f));
        given().accept("text/csv")
                .get("/studies/" + study + "/summary")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .body(startsWith("measure,mean,sd,seed 7,seed 5,meanOverFolds,lowestFold,highestFold,fold 0,fold 3,"
                        + "completed,planned\r\nmacro F1,"))
                .body(containsString("accuracy,0.87125,,0.87125,,0.87125,0.87125,0.87125,0.87125,0.87125,3,4\r\n"));
        assertThat(dashboard("trials", study))
                .extracting(row -> row.get("trial_number"), row -> row.get("validation_fold"), row -> row.get("seed"))
                .containsExactlyInAnyOrder(tuple(1, 0, 7L), tuple(2, 3, 7L), tuple(3, 0, 5L), tuple(4, 3, 5L));
        assertThat(page(study))
                .contains("Of 3 completed trials of 4, 1 failed", "<th scope=\"row\">F1 muscle</th>")
                .doesNotContain("Best trial", "best</span>", "Promotes its best model");
    }

    @Test
    void repeatsThatHaveEndedWithoutACompletedTrialAnnounceNoFigures() {
        String study = post("/studies", "{\"dataset\": \"d1\", \"space\": {}, \"repeats\": {\"seeds\": [3]}}")
                .statusCode(201)
                .extract()
                .path("id");
        trainer.fail(taken(study, 1, 1), "the loss is not a number");
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));

        assertThat(page(study)).contains("No trial was completed").doesNotContain("when the first trial is completed");
    }

    @Test
    void aTrialIsTrainedAgainAsItWas() {
        String study = createStudy("\"trials\":1,\"concurrency\":3,\"epochs\":2,\"seed\":11,\"validationFold\":2,"
                + "\"scheduler\":{\"type\":\"asha\"},\"architecture\":\"resnet50v2\",\"promotion\":\"never\"");
        TrialRequested first = taken(study, 1, 1);
        train(first, 0.6);
        String path = "/trials/" + first.trialId() + "/repeats";
        assertThat(given().get("/pages/trials/" + first.trialId()).asString()).contains("data-post=\"" + path + "\"");

        String again = given().post(path)
                .then()
                .statusCode(201)
                .header("Location", containsString("/studies/"))
                .body("name", equalTo("repeats of " + first.trialId()))
                .extract()
                .path("id");

        TrialRequested second = taken(again, 1, 1);
        assertThat(second)
                .isEqualTo(new TrialRequested(
                        second.trialId(),
                        1,
                        again,
                        first.architecture(),
                        first.hyperparameters(),
                        first.epochs(),
                        first.seed(),
                        first.dataset(),
                        2));
        train(second, 0.6);
        given().get("/trials/" + second.trialId()).then().body("validationFold", equalTo(2));

        String others = post(path, "{\"seeds\": [1, 2, 3]}")
                .statusCode(201)
                .body("plannedTrials", equalTo(3))
                .extract()
                .path("id");
        assertThat(request(others, 2, 1).seed()).isEqualTo(2);
        assertThat(request(others, 2, 1).validationFold()).isEqualTo(2);
        assertThat(request(others, 3, 1).seed())
                .as("as many at once as of the trial's study")
                .isEqualTo(3);
        post(path, "{\"folds\": [5]}").statusCode(422).body("detail", containsString("repeats.folds: one is 5"));
        given().get("/studies/" + study + "/summary")
                .then()
                .statusCode(404)
                .body("detail", containsString("does not repeat one configuration"));
        given().post("/trials/x/repeats").then().statusCode(404).body("detail", containsString("no trial 'x'"));
    }

    private static ValidatableResponse post(String path, String body) {
        return given().contentType("application/json").body(body).post(path).then();
    }

    private static String page(String study) {
        return given().get("/pages/studies/" + study)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }
}
