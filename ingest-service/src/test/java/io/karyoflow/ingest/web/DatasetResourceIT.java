package io.karyoflow.ingest.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportedDatasets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class DatasetResourceIT {
    @Inject
    Datasets datasets;

    @ConfigProperty(name = IngestProfile.IMPORT_ROOT)
    Path root;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private ImportedDatasets imported;

    @BeforeEach
    void start() {
        imported = new ImportedDatasets(datasets, root, bootstrapServers);
    }

    @Test
    void whatCannotBeImportedIsRefusedWithWhatToDo() throws Exception {
        imported.source("refusals", 4, 4000);
        refused(Map.of("path", "nowhere"), 404, "no such folder");
        refused(Map.of("path", "../.."), 422, "relative to it");
        refused(Map.of("name", "x"), 422, "path is missing");
        refused(Map.of("path", "refusals", "folds", 1), 422, "from 2 to 100");
        refused(Map.of("path", "refusals", "folds", 3, "validationShare", 0.2), 422, "not both");
        refused(Map.of("path", "refusals", "classes", List.of("a", "A")), 422, "twice");
        refused(Map.of("path", "refusals", "classes", Arrays.asList("a", null)), 422, "null");
        refused(Map.of("path", "refusals", "classes", List.of("a", "b".repeat(201))), 422, "more than 200 characters");
        refused(Map.of("path", "refusals", "fold", 3), 400, "\"fold\"");
        refused(Map.of("path", "refusals", "onError", "ignore"), 400, "onError");
        refused(Map.of("path", "refusals", "folds", 2.9), 400, "folds");
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .post("/datasets")
                .then()
                .statusCode(422)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("archive"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .multiPart("onError", "maybe")
                .post("/datasets")
                .then()
                .statusCode(422)
                .body("detail", containsString("reject or skip"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .multiPart("folds", "2.9")
                .post("/datasets")
                .then()
                .statusCode(422)
                .body("detail", containsString("whole number"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .multiPart("onErorr", "skip")
                .post("/datasets")
                .then()
                .statusCode(400)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("unknown field 'onErorr'; known are"));
        given().multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archiv", "x.zip", "zip".getBytes())
                .post("/datasets")
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown field 'archiv'; known are"));
        given().get("/datasets?state=REGISTERED")
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown parameter 'state'; none is known here"));
        given().get("/datasets/nothing").then().statusCode(404).body("detail", containsString("nothing"));
        given().urlEncodingEnabled(false).get("/datasets/%00").then().statusCode(404);
        given().get("/datasets").then().statusCode(200);
    }

    @Test
    void aPageOfAnotherSiteImportsNothing() {
        given().header("Origin", "https://elsewhere.example")
                .multiPart("csv", "x.csv", "Filename,Label\n".getBytes())
                .multiPart("archive", "x.zip", "zip".getBytes())
                .post("/datasets")
                .then()
                .statusCode(403);
    }

    private static void refused(Map<String, Object> body, int status, String detail) {
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/datasets")
                .then()
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body(org.hamcrest.Matchers.containsString(detail));
    }
}
