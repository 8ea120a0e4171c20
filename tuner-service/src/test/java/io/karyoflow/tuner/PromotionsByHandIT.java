package io.karyoflow.tuner;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** Models that people put into service, and what is known of it afterwards. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class PromotionsByHandIT extends StudyScenario {
    @Test
    void itIsKnownWhichModelWasInServiceWhen() {
        // Given
        TrialRequested first = trained("always");
        String old = trial(first).getString("modelId");
        String other = trial(trained("always")).getString("modelId");
        assertThat(page("/pages/models"))
                .contains("/models/" + old + "/promotion", "Put into service again")
                .as("it says of which model it asks")
                .contains("data-model=\"" + old + "\"", "Delete model " + old + " for good?");

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

    @Test
    void itIsKnownWhoPutAModelIntoServiceByHandAndWhy() {
        // Given
        TrialRequested trial = trained("never");
        String model = trial(trial).getString("modelId");
        String path = "/models/" + model + "/promotion";
        String longReason = "因".repeat(500); // whose address is the longest

        // When
        promote(path, " stain <drift> & \0 ", "dr. b").statusCode(202);
        promote(path, " ", "").statusCode(202);
        promote(path, longReason, "因".repeat(100)).statusCode(202);

        // Then
        JsonPath promotions = given().get("/promotions").jsonPath();
        assertThat(promotions.getList("reason").subList(0, 3))
                .containsExactly(longReason, null, "stain <drift> & \uFFFD");
        assertThat(promotions.getList("saidBy").subList(0, 3)).containsExactly("因".repeat(100), null, "dr. b");
        assertThat(promotions.getList("promotedBy").subList(0, 3)).containsOnly("HAND");
        assertThat(dashboard("promotions", trial.studyId()))
                .extracting(row -> row.get("reason"), row -> row.get("said_by"))
                .contains(tuple("stain <drift> & \uFFFD", "dr. b"), tuple(null, null));
        assertThat(page("/pages/models")).contains("hand (dr. b)", "stain &lt;drift&gt; &amp; ", "id=\"promotion\"");
    }

    @Test
    void whatCannotBeKeptOfAPromotionIsRefusedBeforeIt() {
        String model = trial(trained("never")).getString("modelId");
        String path = "/models/" + model + "/promotion";

        promote(path, "n".repeat(501), "b")
                .statusCode(400)
                .body("detail", containsString("reason has 501 characters; it must have at most 500"));
        promote(path, "n", "b".repeat(101)).statusCode(400).body("detail", containsString("by has 101 characters"));
        given().queryParam("note", "n")
                .post(path)
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown parameter 'note'; known are reason, by"));
        given().contentType("application/json")
                .body("{\"reason\":\"n\"}")
                .post(path)
                .then()
                .statusCode(400)
                .body("detail", containsString("?by=NAME&reason=WHY"));
        given().get("/promotions").then().body("modelId", not(hasItem(model)));
    }

    private static ValidatableResponse promote(String path, String reason, String by) {
        return given().queryParam("reason", reason)
                .queryParam("by", by)
                .post(path)
                .then();
    }

    private static String page(String path) {
        return given().get(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }
}
