package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.PublishedPredictions.record;
import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
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
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the topic to whoever asks over HTTP, with the real topic and table. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class LabelsIT {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Inject
    AgroalDataSource pool;

    /** Topic and table outlive a test, so each has names of its own. */
    private final String slide = "slide, " + UUID.randomUUID();

    private PublishedPredictions topic;

    @BeforeEach
    void start() {
        topic = new PublishedPredictions(bootstrapServers);
    }

    @AfterEach
    void stop() {
        topic.close();
    }

    @Test
    void theLatestLabelOfEachRequestIsStored() {
        String a = id("a");
        String b = id("b");
        topic.abort(record(prediction(a, slide, 1L, 2L, 0, PREDICTED.plusSeconds(9))));
        topic.commit(
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(b, slide, null, null, 0, PREDICTED.plusSeconds(1))),
                record(prediction(b, slide, null, null, 0, PREDICTED.plusSeconds(1))),
                record(prediction(a, slide, 1L, 2L, 1, PREDICTED.plusSeconds(2))),
                record(prediction(a, slide, 1L, 2L, 0, PREDICTED.plusSeconds(1))));
        awaitStored(2);

        label(a).statusCode(200)
                .body("requestId", is(a))
                .body("imageId", is("hash of " + a))
                .body("filename", is(a + ".png"))
                .body("slide", is(slide))
                .body("x", is(1))
                .body("y", is(2))
                .body("label", is(1))
                .body("className", is("cancer"))
                .body("probabilities.className", contains("muscle", "cancer"))
                .body("probabilities.probability", contains(0.25f, 0.75f))
                .body("modelId", is("model"))
                .body("requestedAt", is("2026-01-02T03:04:05Z"))
                .body("predictedAt", is("2026-01-02T03:04:08.500Z"));
        List<String> csv = csv(slide);
        assertThat(csv.get(0)).contains("p(muscle),p(cancer)");
        assertThat(csv.get(1)).startsWith(b + "," + b + ".png,\"" + slide + "\",,,0,muscle,0.75,0.75,0.25,model,");
        assertThat(csv.get(2)).startsWith(a + "," + a + ".png,\"" + slide + "\",1,2,1,cancer,0.75,0.25,0.75,model,");
    }

    @Test
    void whatCannotBeReadOrStoredIsADeadLetterAndStopsNothing() {
        String broken = id("broken");
        // of random characters, since what can be compressed fits into an index
        String tooLong = new Random(1)
                .ints(20_000, 'a', 'z' + 1)
                .mapToObj(letter -> Character.toString(letter))
                .collect(Collectors.joining());
        topic.commit(
                record(prediction(id("before"), slide, 1L, 2L, 0, PREDICTED)),
                record(broken, "{\"requestId\":".getBytes(StandardCharsets.UTF_8)),
                record(broken, null),
                record(prediction(tooLong, slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(id("nul\0"), slide, 1L, 2L, 0, PREDICTED)));
        topic.commit(record(prediction(id("after"), slide, 1L, 2L, 0, PREDICTED)));

        awaitStored(3);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(reasons(broken))
                .hasSize(2)
                .anyMatch(reason -> reason.startsWith("not a Prediction"))
                .anyMatch(reason -> reason.contains("no value")));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(reasons(tooLong))
                .singleElement()
                .asString()
                .contains("PostgreSQL does not store it"));
    }

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

    @Test
    void theViewsCountWhatEachSlideHas() throws SQLException {
        topic.commit(
                record(prediction(id("a"), slide, 1L, 2L, 0, PREDICTED)),
                record(prediction(id("b"), slide, 3L, 4L, 1, PREDICTED.plusSeconds(1))),
                record(prediction(id("c"), slide, 5L, 6L, 1, PREDICTED.plusSeconds(2))),
                record(prediction(id("d"), slide, 7L, 8L, 0, PREDICTED.plusSeconds(3))));
        awaitStored(4);

        assertThat(rows("SELECT class_name, images, share, mean_probability FROM dashboards.slides WHERE slide = '"
                        + slide + "' ORDER BY class_name"))
                .containsExactly("cancer 2 0.5 0.75", "muscle 2 0.5 0.75");
        assertThat(rows("SELECT request_id, class_name, probability, x FROM dashboards.predictions WHERE slide = '"
                        + slide + "' AND x = 3"))
                .containsExactly(id("b") + " cancer 0.75 3");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4));
            }
        }
        return rows;
    }

    private String id(String name) {
        return name + "-" + slide.substring("slide, ".length());
    }

    private void awaitStored(int labels) {
        await().atMost(Duration.ofSeconds(60)).until(() -> csv(slide).size() == labels + 1);
    }

    private static ValidatableResponse label(String id) {
        return given().get("/predictions/{id}", id).then();
    }

    private static List<String> csv(String slide) {
        return given().queryParam("slide", slide)
                .get("/predictions")
                .then()
                .statusCode(200)
                .contentType(startsWith("text/csv"))
                .extract()
                .asString()
                .lines()
                .toList();
    }

    private static void refused(String accept, String query, int status, String detail) {
        given().accept(accept)
                .get("/predictions" + query)
                .then()
                .statusCode(status)
                .contentType(endsWith("problem+json"))
                .body("detail", containsString(detail));
    }

    private List<String> reasons(String key) {
        return TestTopics.read(bootstrapServers, Topics.deadLetter(Topics.PREDICTIONS)).stream()
                .filter(letter -> key.equals(letter.key()))
                .map(letter -> TestTopics.header(letter, DeadLetters.REASON))
                .toList();
    }
}
