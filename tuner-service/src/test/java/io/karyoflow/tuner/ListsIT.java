package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists that grow for as long as the system runs are given in parts. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class ListsIT extends StudyScenario {
    private static final String NEWEST_FIRST = " ORDER BY created_at DESC, id DESC";

    @Test
    void studiesAreListedInPartsThatNewOnesDoNotMove() {
        // Given
        String one = createStudy("\"trials\":1");
        String two = createStudy("\"trials\":1");
        String three = createStudy("\"trials\":1");
        Response newest = given().get("/studies?limit=2");
        assertThat(newest.jsonPath().getList("id")).containsExactly(three, two);
        assertThat(newest.header("Link")).isEqualTo("</studies?limit=2&from=" + one + ">; rel=\"next\"");

        // When
        createStudy("\"trials\":1");

        // Then
        assertThat(given().get(next(newest)).jsonPath().getList("id")).startsWith(one);
    }

    @Test
    void thoseOfOneMomentAreListedOnceEach() {
        // Given
        List<String> together =
                List.of(createStudy("\"trials\":1"), createStudy("\"trials\":1"), createStudy("\"trials\":1"));
        jdbi.useHandle(handle -> handle.createUpdate("UPDATE study SET created_at = now() WHERE id IN (<together>)")
                .bindList("together", together)
                .execute());

        // Then
        assertThat(walked("/studies?limit=2")).isEqualTo(ids("SELECT id FROM study" + NEWEST_FIRST));
    }

    @Test
    void modelsAreListedInPartsWithoutThoseThatAreDeleted() {
        // Given
        List<String> models = storedModels(4);
        given().delete("/models/" + models.get(1)).then().statusCode(204);

        // Then
        assertThat(given().get("/models?limit=2").jsonPath().getList("id"))
                .containsExactly(models.get(3), models.get(2));
        assertThat(given().get("/models?limit=1&from=" + models.get(1))
                        .jsonPath()
                        .getList("id"))
                .as("where one was that is deleted meanwhile, the list goes on")
                .containsExactly(models.get(0));
        assertThat(walked("/models?limit=3"))
                .isEqualTo(ids("SELECT id FROM model WHERE deleted_at IS NULL" + NEWEST_FIRST));
    }

    @Test
    void whatIsNoPartOfAListIsRefused() {
        for (String list : List.of("/studies", "/models")) {
            for (String limit : List.of("0", "1001", "-1", "many", "2.5")) {
                refused(list + "?limit=" + limit, "limit is '" + limit + "'; it must be a whole number from 1 to 1000");
            }
            refused(list + "?from=nowhere", "from is 'nowhere'; it must be an id that GET " + list + " has listed");
            refused(list + "?from=%00", "it must be an id");
            given().get(list + "?limit=&from=").then().statusCode(200);
        }
    }

    @Test
    void pagesLeadToWhatIsOlderAndBack() {
        List<String> models = storedModels(2);
        String older = models.get(0);
        String newer = models.get(1);
        assertThat(page("/pages/models?limit=1"))
                .contains(
                        "id=\"" + newer + "\"",
                        "<a href=\"?limit=1&amp;from=" + older + "\" rel=\"next\">Older models</a>")
                .doesNotContain("id=\"" + older + "\"", "Newest models");
        assertThat(page("/pages/models?limit=1&from=" + older))
                .contains("id=\"" + older + "\"", "<a href=\"/pages/models\">Newest models</a>")
                .doesNotContain("id=\"" + newer + "\"");

        String one = createStudy("\"trials\":1");
        String two = createStudy("\"trials\":1");
        assertThat(page("/?limit=1"))
                .contains(
                        "/pages/studies/" + two,
                        "<a href=\"?limit=1&amp;from=" + one + "\" rel=\"next\">Older studies</a>")
                .doesNotContain("/pages/studies/" + one, "Newest studies");
        assertThat(page("/?limit=1&from=" + one))
                .contains("/pages/studies/" + one, "<a href=\"/\">Newest studies</a>")
                .doesNotContain("/pages/studies/" + two);
        for (String path : List.of("/?from=nowhere", "/pages/models?from=nowhere")) {
            given().get(path).then().statusCode(404).contentType("text/html").body(containsString("nowhere"));
        }
    }

    @Test
    void aTrialsPageLeadsToItsModelHoweverManyAreNewer() {
        String study = createStudy("\"trials\":1,\"epochs\":1,\"promotion\":\"never\"");
        TrialRequested request = taken(study, 1, 1);
        train(request, 0.5);
        String model = trial(request).getString("modelId");
        assertThat(page("/pages/trials/" + request.trialId()))
                .contains("\"/pages/models?from=" + model + "#" + model + "\"");
        assertThat(page("/pages/models?from=" + model)).contains("id=\"" + model + "\"");
    }

    /** Who goes back to an earlier model finds it by its promotion. */
    @Test
    void aPromotionLeadsToItsModelHoweverManyAreNewer() {
        // Given
        List<String> models = storedModels(2);
        String kept = models.get(0);
        String deleted = models.get(1);
        for (String model : List.of(deleted, kept)) {
            given().post("/models/" + model + "/promotion").then().statusCode(202);
        }

        // When
        eventually(() -> given().delete("/models/" + deleted).then().statusCode(204));

        // Then
        assertThat(page("/pages/models?limit=1"))
                .contains("<a href=\"/pages/models?from=" + kept + "#" + kept + "\">")
                .contains("<code>" + deleted + "</code> <span class=\"tag\">deleted</span>")
                .doesNotContain("/pages/models?from=" + deleted);
    }

    /** Of a study that has failed, oldest first. */
    private List<String> storedModels(int count) {
        String study = createStudy("\"trials\":" + count + ",\"concurrency\":" + count + ",\"epochs\":1");
        List<String> models = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            TrialRequested request = taken(study, number, 1);
            models.add(trainer.store(request, quality(0.5)));
            trainer.fail(request, "its model is only stored");
        }
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("FAILED"));
        return models;
    }

    /** All that is listed, part by part. */
    private static List<String> walked(String path) {
        List<String> ids = new ArrayList<>();
        String next = path;
        while (next != null) {
            Response part = given().get(next).then().statusCode(200).extract().response();
            ids.addAll(part.jsonPath().getList("id"));
            next = next(part);
        }
        return ids;
    }

    private static String next(Response part) {
        String link = part.header("Link");
        return link == null ? null : link.substring(1, link.indexOf('>'));
    }

    private List<String> ids(String sql) {
        return jdbi.withHandle(
                handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private static void refused(String path, String reason) {
        given().urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(reason));
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
