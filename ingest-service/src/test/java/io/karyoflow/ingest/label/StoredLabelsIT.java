package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.PublishedPredictions.record;
import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.doubtful;
import static io.karyoflow.ingest.label.TestLabels.ofModel;
import static io.karyoflow.ingest.label.TestLabels.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** From the topic into the table: what is stored, what is not, and what the views make of it. */
@QuarkusTest
@TestProfile(IngestProfile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class StoredLabelsIT extends LabelScenario {
    private static final String WEEK = "to_char(week AT TIME ZONE 'UTC', 'YYYY-MM-DD')";

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

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
    void aLabelKeepsByWhichColoursItWasMade() {
        List<Float> colours = List.of(0.45f, 0.7123457f, 0.32f, 0.21f, 0.3f, 1.6E-5f);
        String a = id("a");
        String b = id("b");
        topic.commit(
                record(prediction(a, slide, 1L, 2L, colours, 0, PREDICTED)),
                record(prediction(b, slide, 3L, 4L, 0, PREDICTED.plusSeconds(1))));
        awaitStored(2);

        assertThat(MessageJson.read(label(a).extract().asString(), StoredLabel.class)
                        .colours())
                .isEqualTo(colours);
        label(b).body("$", not(hasKey("colours")));
    }

    @Test
    void aLabelKeepsWhatMakesItDoubtful() throws SQLException {
        String a = id("a");
        String b = id("b");
        String warning = "the image has 50 x 50 pixels, not 100";
        topic.commit(
                record(doubtful(a, slide, PREDICTED, warning)),
                record(prediction(b, slide, 3L, 4L, 0, PREDICTED.plusSeconds(1))));
        awaitStored(2);

        label(a).body("warning", is(warning));
        label(b).body("$", not(hasKey("warning")));
        List<String> csv = csv(slide);
        assertThat(csv.get(0)).endsWith(",imageId,warning");
        assertThat(csv.get(1)).endsWith(",hash of " + a + ",\"" + warning + "\"");
        assertThat(csv.get(2)).endsWith(",hash of " + b + ",");
        assertThat(rows("SELECT request_id, class_name, x, warning FROM dashboards.predictions WHERE slide = '" + slide
                        + "' AND warning IS NOT NULL"))
                .containsExactly(a + " muscle 1 " + warning);

        topic.commit(record(prediction(a, slide, 1L, 2L, 0, PREDICTED.plusSeconds(2))));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> label(a).body("$", not(hasKey("warning"))));
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

    @Test
    void theViewsSayHowSureAModelWasWeekByWeek() throws SQLException {
        String model = id("model");
        topic.commit(
                record(ofModel(model, id("a"), slide, 0, 0.75, PREDICTED)),
                record(ofModel(model, id("b"), slide, 0, 0.5625, PREDICTED.plusSeconds(1))),
                record(ofModel(model, id("c"), slide, 1, 0.75, PREDICTED.plusSeconds(2))),
                record(ofModel(model, id("d"), slide, 1, 0.6875, Instant.parse("2026-01-04T23:59:59Z"))),
                record(ofModel(model, id("e"), slide, 0, 0.75, Instant.parse("2026-01-05T00:00:00Z"))));
        awaitStored(5);

        assertThat(rows("SELECT " + WEEK + ", class_name, images, share, mean_probability, unsure_share"
                        + " FROM dashboards.label_weeks WHERE model_id = '" + model + "' ORDER BY week, class_name"))
                .containsExactly(
                        "2025-12-29 cancer 2 0.5 0.71875 0",
                        "2025-12-29 muscle 2 0.5 0.65625 0.5",
                        "2026-01-05 muscle 1 1 0.75 0");
    }

    @Test
    void theMarginIsThatToTheSecondOfAllClasses() throws SQLException {
        assertThat(
                        rows(
                                """
                        SELECT label, margin,
                               CAST(is_within_margin(CAST(probabilities AS real[]), label, margin) AS text)
                        FROM (VALUES ('{0.5,0.25,0.25}', 0), ('{0.25,0.5,0.25}', 1), ('{0.125,0.375,0.5}', 2))
                             AS given (probabilities, label),
                             (VALUES (0.125), (0.25)) AS asked (margin)
                        ORDER BY label, margin"""))
                .containsExactly(
                        "0 0.125 false", "0 0.25 true", "1 0.125 false", "1 0.25 true", "2 0.125 true", "2 0.25 true");
    }

    @Test
    void theViewsSayHowSlidesAreStainedAndNothingWhereModelsDoNotSeeThem() throws SQLException {
        List<Float> pale = List.of(0.25f, 0.5f, 0.25f, 0.125f, 0.25f, 0.125f);
        List<Float> dark = List.of(0.75f, 1f, 0.5f, 0.125f, 0.5f, 0.125f);
        topic.commit(
                record(prediction(id("a"), slide, 1L, 2L, pale, 0, PREDICTED)),
                record(prediction(id("b"), slide, 1L, 2L, dark, 0, PREDICTED)),
                record(prediction(id("c"), slide, 1L, 2L, dark, 0, PREDICTED.plus(Duration.ofDays(7)))),
                record(prediction(id("d"), slide, 1L, 2L, 0, PREDICTED.plus(Duration.ofDays(7)))),
                record(prediction(id("e"), slide, 1L, 2L, 0, PREDICTED.plus(Duration.ofDays(14)))));
        awaitStored(5);

        assertThat(rows("SELECT " + WEEK + ", images, density_red, density_green, density_blue, deviation_red,"
                        + " deviation_green, deviation_blue FROM dashboards.stains WHERE slide = '" + slide
                        + "' ORDER BY week"))
                .containsExactly(
                        "2025-12-29 2 0.5 0.75 0.375 0.125 0.375 0.125", "2026-01-05 1 0.75 1 0.5 0.125 0.5 0.125");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(url, user, password);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(String.join(" ", values));
            }
        }
        return rows;
    }

    private List<String> reasons(String key) {
        return TestTopics.read(bootstrapServers, Topics.deadLetter(Topics.PREDICTIONS)).stream()
                .filter(letter -> key.equals(letter.key()))
                .map(letter -> TestTopics.header(letter, DeadLetters.REASON))
                .toList();
    }
}
