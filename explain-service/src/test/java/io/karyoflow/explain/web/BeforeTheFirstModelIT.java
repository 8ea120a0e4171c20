package io.karyoflow.explain.web;

import static io.karyoflow.explain.web.WebScenario.MODEL;
import static io.karyoflow.explain.web.WebScenario.post;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** An application of its own, as it begins without a model. */
@QuarkusTest
@QuarkusTestResource(value = InfrastructureTestResource.class, restrictToAnnotatedClass = true)
class BeforeTheFirstModelIT {
    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Test
    void requestsAreToldWhenToComeAgain() {
        post("", "application/json")
                .then()
                .statusCode(503)
                .header("Retry-After", "10")
                .contentType("application/problem+json")
                .body("detail", containsString("no model serves yet"));
        given().get("/explanations/model").then().statusCode(503);
        WebScenario.promote(MODEL, dataSource, models);
        given().get("/explanations/model")
                .then()
                .statusCode(200)
                .body("modelId", equalTo(MODEL.id()))
                .body("classes", equalTo(TinyModel.CLASSES));
    }
}
