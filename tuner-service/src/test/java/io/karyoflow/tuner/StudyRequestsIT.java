package io.karyoflow.tuner;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests for studies, answered and refused. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class StudyRequestsIT extends StudyScenario {
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
    void whatPostgresqlHasNoTextForIsNotFoundOrRefused() {
        for (String path : List.of("/studies/%00", "/trials/x%00", "/models/%00", "/pages/studies/%00")) {
            given().urlEncodingEnabled(false).get(path).then().statusCode(404);
        }
        refused("{\"dataset\":\"d1\",\"name\":\"a\\u0000b\"," + SPACE + "}", "NUL");
    }

    @Test
    void aParameterThatIsNotKnownIsRefusedWithThoseThatAre() {
        unknown("/trials/x/predictions?wrnog=true", "unknown parameter 'wrnog'; known are wrong");
        unknown("/models?form=x", "unknown parameter 'form'; known are");
        unknown("/studies/x?limit=1", "unknown parameter 'limit'; none is known here");
        for (String path : List.of("/?source=mail", "/pages/models?source=mail", "/q/openapi?format=json")) {
            given().get(path).then().statusCode(200);
        }
    }

    private static void unknown(String path, String reason) {
        given().get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(reason));
    }

    @Test
    void aPageOfAnotherSiteStopsNothing() {
        given().header("Origin", "https://elsewhere.example")
                .post("/studies/x/stop")
                .then()
                .statusCode(403);
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
}
