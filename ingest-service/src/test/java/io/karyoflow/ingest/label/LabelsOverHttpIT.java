package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.PublishedPredictions.record;
import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.ofModel;
import static io.karyoflow.ingest.label.TestLabels.prediction;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.agroal.api.AgroalDataSource;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What whoever asks over HTTP gets of the labels that are stored, and what is deleted for him. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class LabelsOverHttpIT extends LabelScenario {
    @Inject
    AgroalDataSource pool;

    @Test
    void labelsAreSelectedBySlideTimeAndModel() {
        topic.commit(
                record(prediction(id("a"), slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(id("b"), slide, 3L, 4L, 1, PREDICTED.plusSeconds(1))),
                record(prediction(id("c"), slide, null, 6L, 1, PREDICTED.plusSeconds(2))));
        awaitStored(3);

        given().accept("application/json")
                .queryParam("slide", slide)
                .queryParam("from", PREDICTED.plusSeconds(1).toString())
                .queryParam("to", PREDICTED.plusSeconds(2).toString())
                .queryParam("model", "model")
                .get("/predictions")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("requestId", contains(id("b")))
                .body("[0].probabilities.probability", contains(0.25f, 0.75f));
        given().accept("application/json")
                .queryParam("slide", slide)
                .queryParam("model", "another")
                .get("/predictions")
                .then()
                .statusCode(200)
                .body("size()", is(0));
        given().accept("application/json")
                .get("/predictions")
                .then()
                .statusCode(200)
                .body("requestId", hasItems(id("a"), id("b"), id("c")));
    }

    @Test
    void thoseOfWhichTheModelWasUnsureAreSelectedByTheirMargin() {
        topic.commit(
                record(ofModel("model", id("sure"), slide, 0, 0.9375, PREDICTED)),
                record(ofModel("model", id("at"), slide, 1, 0.625, PREDICTED.plusSeconds(1))),
                record(ofModel("model", id("below"), slide, 0, 0.5, PREDICTED.plusSeconds(2))));
        awaitStored(3);

        assertThat(withinMargin("0.25")).containsExactly(id("at"), id("below"));
        assertThat(withinMargin("0.24")).containsExactly(id("below"));
        assertThat(withinMargin("0")).containsExactly(id("below"));
        assertThat(withinMargin("1")).containsExactly(id("sure"), id("at"), id("below"));
        given().accept("application/geo+json")
                .queryParam("slide", slide)
                .queryParam("size", "100")
                .queryParam("maxMargin", "0.25")
                .get("/predictions")
                .then()
                .statusCode(200)
                .body("features", hasSize(2));
    }

    private List<String> withinMargin(String maxMargin) {
        return given().accept("application/json")
                .queryParam("slide", slide)
                .queryParam("maxMargin", maxMargin)
                .get("/predictions")
                .then()
                .statusCode(200)
                .extract()
                .path("requestId");
    }

    @Test
    void quPathGetsDetectionsInTheMiddleOfThePatches() {
        topic.commit(
                record(prediction(id("a"), slide, 2048L, 512L, 1, PREDICTED)),
                record(prediction(id("b"), slide, null, 6L, 1, PREDICTED.plusSeconds(1))),
                record(prediction(id("c"), slide, 7L, 8L, 0, PREDICTED.plusSeconds(2))));
        awaitStored(3);

        given().accept("application/geo+json")
                .queryParam("slide", slide)
                .queryParam("size", "100")
                .get("/predictions")
                .then()
                .statusCode(200)
                .contentType("application/geo+json")
                .header("Labels-Without-Position", "1")
                .body("type", is("FeatureCollection"))
                .body("features", hasSize(2))
                .body("features[0].geometry.coordinates", contains(2098.0f, 562.0f))
                .body("features[0].properties.objectType", is("detection"))
                .body("features[0].properties.classification.name", is("cancer"))
                .body("features[0].properties.measurements.'p(cancer)'", is(0.75f));
    }

    @Test
    void allOfALargeSlideComesInOrder() {
        topic.commit(IntStream.range(0, 5000)
                .mapToObj(i -> record(prediction(id("of-many-" + i), slide, 0L, 0L, 0, PREDICTED.plusMillis(i))))
                .toList());
        awaitStored(5000);

        List<String> rows = csv(slide);
        assertThat(IntStream.range(0, 5000).mapToObj(i -> rows.get(i + 1).split(",")[0]))
                .containsExactlyElementsOf(IntStream.range(0, 5000)
                        .mapToObj(i -> id("of-many-" + i))
                        .toList());
    }

    @Test
    void whatCannotBeAnsweredIsRefusedWithWhatToWrite() {
        label("nobody's").statusCode(404).body("detail", containsString("not labelled (yet)"));
        refused("application/geo+json", "?size=100", 400, "slide=7");
        refused("application/geo+json", "?slide=7", 400, "size=100");
        refused("application/geo+json", "?slide=7&size=wide", 400, "size=100");
        refused("text/csv", "?from=yesterday", 400, "from=2026-01-02T03:04:05Z");
        refused("text/csv", "?maxMargin=2", 400, "maxMargin=0.2");
        refused("text/csv", "?slid=7", 400, "unknown parameter 'slid'; known are");
        given().accept("image/png").get("/predictions").then().statusCode(406);
        given().delete("/predictions")
                .then()
                .statusCode(400)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("slide=7"));
    }

    @Test
    void whoAsksForNoBodyKeepsNoConnection() {
        int connections = pool.getConfiguration().connectionPoolConfiguration().maxSize();
        for (int i = 0; i <= connections; i++) {
            given().queryParam("slide", slide)
                    .head("/predictions")
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/csv"));
        }
        given().queryParam("from", "yesterday").head("/predictions").then().statusCode(400);
        given().queryParam("slid", slide).head("/predictions").then().statusCode(400);
        given().accept("application/geo+json")
                .queryParam("size", "100")
                .head("/predictions")
                .then()
                .statusCode(400);
        given().accept("image/png").head("/predictions").then().statusCode(406);
        given().head("/predictions/{id}", id("nobody's")).then().statusCode(404);

        assertThat(csv(slide)).hasSize(1);
    }

    @Test
    void theLabelsOfASlideCanBeDeleted() {
        topic.commit(
                record(prediction(id("a"), slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(id("b"), slide, 3L, 4L, 1, PREDICTED)));
        awaitStored(2);
        given().queryParam("slide", slide)
                .queryParam("model", "another")
                .delete("/predictions")
                .then()
                .statusCode(400)
                .body("detail", containsString("unknown parameter 'model'; known are slide"));

        for (int deleted : new int[] {2, 0}) {
            given().queryParam("slide", slide)
                    .delete("/predictions")
                    .then()
                    .statusCode(200)
                    .body("slide", is(slide))
                    .body("deleted", is(deleted));
        }
        assertThat(csv(slide)).hasSize(1);
        label(id("a")).statusCode(404);
    }

    @Test
    void theLabelOfOneRequestCanBeDeletedThoughItIsOfNoSlide() {
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, null, null, null, 0, PREDICTED)),
                record(prediction(b, slide, 3L, 4L, 1, PREDICTED)));
        awaitStored(1);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> label(a).statusCode(200));

        given().delete("/predictions/{id}", a).then().statusCode(204);
        label(a).statusCode(404);
        given().delete("/predictions/{id}", a)
                .then()
                .statusCode(404)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString("no label of request " + a));
        label(b).statusCode(200);
    }

    private static void refused(String accept, String query, int status, String detail) {
        given().accept(accept)
                .get("/predictions" + query)
                .then()
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString(detail));
    }
}
