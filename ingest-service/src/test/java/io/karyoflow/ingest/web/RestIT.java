package io.karyoflow.ingest.web;

import static io.karyoflow.ingest.TestImages.encoded;
import static io.karyoflow.ingest.TestImages.png;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.karyoflow.ingest.TestImages;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class RestIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void anImageBecomesARequestWithAllThatWasSaid() {
        byte[] image = encoded(1, 20, "tiff");

        given().queryParam("id", "rest-1")
                .queryParam("filename", "Zelle ü.tif")
                .queryParam("slide", "7")
                .queryParam("x", "12345678901")
                .queryParam("y", "0")
                .queryParam("colours", "0.45,0.71,0.32,0.21,0.3,0.16")
                .queryParam("explain", "saliency,occlusion")
                .contentType("application/octet-stream")
                .body(image)
                .post("/images")
                .then()
                .statusCode(202)
                .body("requestId", is("rest-1"))
                .body("imageId", is(Sha256.of(image)));

        assertThat(request("rest-1"))
                .usingRecursiveComparison()
                .isEqualTo(new PredictionRequest(
                        "rest-1",
                        "Zelle ü.tif",
                        "7",
                        12345678901L,
                        0L,
                        new ColourStatistics(new float[] {0.45f, 0.71f, 0.32f}, new float[] {0.21f, 0.3f, 0.16f}),
                        List.of("saliency", "occlusion"),
                        "image/tiff",
                        image));
    }

    @Test
    void anImageNeedsNoParameters() {
        String id = given().contentType("image/png")
                .body(png(2))
                .post("/images")
                .then()
                .statusCode(202)
                .extract()
                .path("requestId");

        assertThat(request(id).bytes()).isEqualTo(png(2));
    }

    @Test
    void whatIsNoImageIsRefusedWithTheReason() {
        refused(TestImages.truncated(png(1)), "", 422, "truncated");
        refused("hello".getBytes(), "", 422, "not an image");
        refused(new byte[0], "", 422, "zero bytes");
        refused(encoded(1, 65, "png"), "", 413, "karyoflow.image.max-pixels");
        refused(new byte[100_001], "", 413, "karyoflow.image.max-bytes");
        refused(png(1), "?x=left", 422, "whole number");
        refused(
                png(1),
                "?slied=7",
                400,
                "unknown parameter 'slied'; known are id, filename, slide, x, y, colours, explain");
        refused(png(1), "?colours=1,2,3", 422, "colours: '1,2,3' is not 6 numbers");
    }

    @Test
    void parametersOfQuarkusOwnAddressesAreItsOwnAffair() {
        given().get("/q/openapi?format=json").then().statusCode(200);
        given().get("/q/health/live?from=anywhere").then().statusCode(200);
    }

    @Test
    void aSampleIsMadeOnceAndAnotherOfItsNameIsAConflict() {
        Map<String, Object> sample = Map.of("name", "conflict", "labelled", 40, "unlabelled", 2, "seed", 1);
        for (int i = 0; i < 2; i++) {
            given().contentType(ContentType.JSON)
                    .body(sample)
                    .post("/samples")
                    .then()
                    .statusCode(201)
                    .body("path", is("conflict"))
                    .body("labelled", is(40))
                    .body("unlabelled", is(2));
        }
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "conflict", "labelled", 41))
                .post("/samples")
                .then()
                .statusCode(409)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("another name"));
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "../up"))
                .post("/samples")
                .then()
                .statusCode(422);
        given().contentType(ContentType.JSON)
                .body("null")
                .post("/samples")
                .then()
                .statusCode(422)
                .body("detail", containsString("send {}"));
    }

    @Test
    void isReadyAndMeasuredBeforeAnythingHappens() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", org.hamcrest.Matchers.hasItems("watched folder", "labels"));
        assertThat(metrics())
                .contains("karyoflow_ingest_requests_total{from=\"rest\"}")
                .contains("karyoflow_ingest_requests_total{from=\"folder\"}")
                .contains("karyoflow_ingest_requests_rejected_total{from=\"rest\"}")
                .contains("karyoflow_ingest_requests_rejected_total{from=\"folder\"}")
                .contains("karyoflow_ingest_images_published_total")
                .contains("karyoflow_ingest_datasets{state=\"REGISTERED\"}")
                .contains("karyoflow_ingest_import_progress")
                .contains("karyoflow_ingest_labels_stored_total")
                .contains("karyoflow_ingest_labels_lag")
                .contains("kafka_producer_");
    }

    @Test
    void imagesAreCounted() {
        given().contentType("image/png").body(png(3)).post("/images").then().statusCode(202);
        refused(new byte[0], "", 422, "zero bytes");

        assertThat(metrics())
                .containsPattern("karyoflow_ingest_requests_total\\{from=\"rest\"} [1-9]")
                .containsPattern("karyoflow_ingest_requests_rejected_total\\{from=\"rest\"} [1-9]");
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }

    private static void refused(byte[] body, String query, int status, String detail) {
        given().contentType("application/octet-stream")
                .body(body)
                .post("/images" + query)
                .then()
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString(detail));
    }

    private PredictionRequest request(String id) {
        return TestTopics.read(bootstrapServers, Topics.PREDICTION_REQUESTS).stream()
                .filter(record -> record.key().equals(id))
                .map(ImageRecords::predictionRequest)
                .findFirst()
                .orElseThrow();
    }
}
