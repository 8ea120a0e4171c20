package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.IMAGE;
import static io.karyoflow.explain.web.WebScenario.MODEL;
import static io.karyoflow.explain.web.WebScenario.post;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Requests that were explained lately, explained again over HTTP. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class RecentIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Inject
    RecentRequests recent;

    @Test
    void recentRequestsCanBeExplainedAgain() {
        WebScenario.promote(MODEL, dataSource, models);
        recent.add(new RecentRequest("r 1", "r1.png", IMAGE, null, "cancer", 0.75, MODEL.id(), Instant.now()));

        given().get("/recent")
                .then()
                .statusCode(200)
                .body("id", hasItems("r 1"))
                .body("image", everyItem(nullValue()));
        given().get("/recent/r 1/image").then().statusCode(200).contentType("image/png");
        given().get("/recent/none/image").then().statusCode(404).contentType("application/problem+json");
        given().multiPart("recent", "r 1")
                .multiPart("methods", "saliency")
                .post("/explanations")
                .then()
                .statusCode(200)
                .body("filename", equalTo("r1.png"));
    }

    @Test
    void aRecentRequestIsSeenByTheColoursThatItsLabelWasMadeBy() {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("web");
        WebScenario.promote(ofSlides, dataSource, models);
        ColourStatistics colours = new ColourStatistics(new float[] {0.1f, 0.9f, 0.4f}, new float[] {0.3f, 0.2f, 0.1f});
        recent.add(new RecentRequest("r 3", null, IMAGE, colours, "cancer", 0.75, ofSlides.id(), Instant.now()));

        List<Float> again = probabilities(given().multiPart("recent", "r 3")
                .multiPart("methods", "saliency")
                .post("/explanations"));

        assertThat(again)
                .isEqualTo(probabilities(post("methods=saliency&colours=" + colours.format(), "application/json")));
        assertThat(again).isNotEqualTo(probabilities(post("methods=saliency", "application/json")));
    }

    private static List<Float> probabilities(Response response) {
        return response.then().statusCode(200).extract().jsonPath().getList("probabilities.probability");
    }
}
