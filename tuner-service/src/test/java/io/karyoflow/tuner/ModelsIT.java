package io.karyoflow.tuner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

/** What becomes of stored models after their studies. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class ModelsIT extends StudyScenario {
    @Test
    void aModelIsDownloadedAsItIsStored() {
        TrialRequested trial = trained("never");
        String model = trial(trial).getString("modelId");

        Response answer = given().get("/models/" + model + "/bundle");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/zip");
        assertThat(answer.header("content-disposition"))
                .isEqualTo("attachment; filename=\"karyoflow-" + model + ".zip\"");
        ModelBundle bundle = ModelBundle.read(answer.asByteArray());
        assertThat(bundle.id()).isEqualTo(model);
        assertThat(bundle.description().trialId()).isEqualTo(trial.trialId());
        assertThat(answer.header("etag")).isEqualTo("\"" + bundle.sha256() + "\"");

        given().get("/models/none/bundle")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("no model 'none'"));
    }

    @Test
    void itIsKnownWhichModelWasInServiceWhen() {
        // Given
        TrialRequested first = trained("always");
        String old = trial(first).getString("modelId");
        String other = trial(trained("always")).getString("modelId");
        assertThat(page("/pages/models")).contains("/models/" + old + "/promotion", "Put into service again");

        // When
        given().post("/models/" + old + "/promotion").then().statusCode(202);

        // Then
        JsonPath promotions = given().get("/promotions").jsonPath();
        assertThat(promotions.getList("modelId").subList(0, 3)).containsExactly(old, other, old);
        assertThat(promotions.getList("promotedBy").subList(0, 3)).containsExactly("HAND", "STUDY", "STUDY");
        assertThat(promotions.getString("[0].reason")).isNull();
        assertThat(promotions.getString("[1].reason")).contains("whatever is in service");
        assertThat(promotions.getString("[0].replacedAt")).isNull();
        assertThat(promotions.getString("[1].replacedAt")).isEqualTo(promotions.getString("[0].promotedAt"));
        assertThat(promotions.getString("[2].replacedAt")).isEqualTo(promotions.getString("[1].promotedAt"));
        assertThat(dashboard("promotions", first.studyId()))
                .extracting(row -> row.get("model_id"), row -> row.get("promoted_by"))
                .containsExactlyInAnyOrder(tuple(old, "STUDY"), tuple(old, "HAND"));
        assertThat(page("/pages/models"))
                .contains("/models/" + other + "/promotion", "/models/" + other + "/bundle", "whatever is in service")
                .doesNotContain("/models/" + old + "/promotion");
    }

    private static String page(String path) {
        return given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    /** The one trial of a study that has ended. */
    private TrialRequested trained(String promotion) {
        String study = createStudy("\"trials\":1,\"epochs\":1,\"promotion\":\"" + promotion + "\"");
        TrialRequested trial = taken(study, 1, 1);
        train(trial, 0.5);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        return trial;
    }
}
