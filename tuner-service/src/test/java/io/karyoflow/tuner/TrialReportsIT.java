package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.karyoflow.tuner.testing.PlayedPredictions;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.StringReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** What is seen of trials while they run and afterwards: by REST, and in SQL. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class TrialReportsIT extends StudyScenario {
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
    void aCompletedTrialSaysWhatItsNetworkMadeOfEachValidationImage() throws IOException {
        // Given
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        String path = "/trials/" + one.trialId() + "/predictions";
        trainer.epoch(one, 1, quality(0.5), quality(0.6));
        trainer.keepPredictions(one, 1);
        given().get(path).then().statusCode(404).body("detail", containsString("kept when it is completed"));
        trainer.complete(one, quality(0.6));
        eventually(() -> assertThat(trial(one).getString("state")).isEqualTo("COMPLETED"));

        // When
        List<CSVRecord> images = csv(path);
        List<CSVRecord> mistakes = csv(path + "?wrong=true");

        // Then
        assertThat(images).hasSize(800);
        assertThat(images.get(0).toMap())
                .containsOnlyKeys(
                        "filename",
                        "group",
                        "label",
                        "predicted",
                        "probability",
                        "p(normal epithelial)",
                        "p(cancer epithelial)",
                        "p(muscle)",
                        "p(immune leukocyte)");
        Map<String, Integer> counts = images.stream()
                .collect(Collectors.toMap(
                        row -> row.get("label") + " as " + row.get("predicted"), row -> 1, Integer::sum));
        assertThat(dashboard("confusion", study)).hasSize(16).allSatisfy(row -> assertThat(counts)
                .containsEntry(
                        row.get("true_class") + " as " + row.get("predicted_class"), (Integer) row.get("images")));
        assertThat(mistakes)
                .hasSize(103)
                .noneMatch(row -> row.get("label").equals(row.get("predicted")))
                .isSortedAccordingTo(Comparator.comparing((CSVRecord row) -> Double.valueOf(row.get("probability")))
                        .reversed());
    }

    private static List<CSVRecord> csv(String path) throws IOException {
        String text = given().get(path)
                .then()
                .statusCode(200)
                .header("content-type", startsWith("text/csv"))
                .header("content-disposition", containsString(".csv"))
                .extract()
                .asString();
        try (CSVParser table = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text))) {
            return table.getRecords();
        }
    }

    @Test
    void whyATrialHasNoPredictionsIsSaid() {
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        train(one, 0.6);

        given().get("/trials/" + one.trialId() + "/predictions")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("did not keep them"));
        given().get("/trials/x/predictions").then().statusCode(404).body("detail", containsString("no trial 'x'"));
    }

    @Test
    void theMostConfidentMistakesHavePictures() {
        // Given
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        String mistakes = "/trials/" + one.trialId() + "/mistakes/";
        trainer.epoch(one, 1, quality(0.5), quality(0.6));
        trainer.keepPredictions(one, 1);
        trainer.keepPictures(one, 20);
        given().get(mistakes + "1/picture")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("kept when it is completed"));

        // When
        trainer.complete(one, quality(0.6));
        eventually(() -> assertThat(trial(one).getString("state")).isEqualTo("COMPLETED"));

        // Then
        for (int number : List.of(1, 20)) {
            byte[] picture = given().get(mistakes + number + "/picture")
                    .then()
                    .statusCode(200)
                    .contentType("image/png")
                    .header("cache-control", containsString("max-age="))
                    .extract()
                    .asByteArray();
            assertThat(picture).isEqualTo(PlayedPredictions.picture(number));
        }
        for (String number : List.of("0", "21", "-1")) {
            given().get(mistakes + number + "/picture")
                    .then()
                    .statusCode(404)
                    .header("cache-control", nullValue())
                    .body("detail", containsString("from 1 to 20"));
        }
        given().get(mistakes + "first/picture").then().statusCode(404);
        given().get("/trials/x/mistakes/1/picture")
                .then()
                .statusCode(404)
                .body("detail", containsString("no trial 'x'"));
    }

    @Test
    void whyATrialHasNoPicturesIsSaid() {
        String study = createStudy("\"trials\":2,\"concurrency\":2,\"epochs\":1");
        TrialRequested without = taken(study, 1, 1);
        TrialRequested predicted = taken(study, 2, 1);
        train(without, 0.6);
        trainer.epoch(predicted, 1, quality(0.5), quality(0.5));
        trainer.keepPredictions(predicted, 1);
        trainer.complete(predicted, quality(0.5));
        eventually(() -> assertThat(trial(predicted).getString("state")).isEqualTo("COMPLETED"));

        given().get("/trials/" + without.trialId() + "/mistakes/1/picture")
                .then()
                .statusCode(404)
                .body("detail", containsString("too large"));
        given().get("/trials/" + predicted.trialId() + "/mistakes/1/picture")
                .then()
                .statusCode(404)
                .body("detail", containsString("no mistakes, or its trainer was of an earlier version"));
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
}
