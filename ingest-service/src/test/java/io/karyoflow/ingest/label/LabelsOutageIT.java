package io.karyoflow.ingest.label;

import static io.karyoflow.ingest.label.PublishedPredictions.record;
import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.prediction;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.embedded.DatabaseDoor;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.ingest.IngestProfile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** While PostgreSQL is away, labels wait in their topic; nothing is lost and nothing goes to the dead letters. */
@QuarkusTest
@TestProfile(LabelsOutageIT.Profile.class)
@QuarkusTestResource(InfrastructureTestResource.class)
class LabelsOutageIT {
    /** An application of its own, since its connections break. */
    public static class Profile extends IngestProfile {}

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void labelsWaitForTheDatabase() throws Exception {
        String before = UUID.randomUUID().toString();
        String during = UUID.randomUUID().toString();
        try (PublishedPredictions topic = new PublishedPredictions(bootstrapServers);
                DatabaseDoor door = new DatabaseDoor(url, user, password)) {
            topic.commit(record(prediction(before, "7", 1L, 2L, 0, PREDICTED)));
            await().atMost(Duration.ofSeconds(60)).until(() -> status(before) == 200);

            door.shut();
            topic.commit(record(prediction(during, "7", 3L, 4L, 1, PREDICTED)));
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> given().get("/q/health/ready")
                    .then()
                    .statusCode(503)
                    .body("checks.find { it.name == 'labels' }.status", is("DOWN"))
                    .body(
                            "checks.find { it.name == 'labels' }.data.'trying again after'",
                            containsString("PostgreSQL does not answer")));
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(given().get("/q/metrics").asString())
                            .as("the label that waits is seen")
                            .containsPattern("(?m)^karyoflow_ingest_labels_lag [1-9]"));
            given().get("/predictions").then().statusCode(503).body("detail", containsString("try again later"));
            assertThat(status(before)).isEqualTo(503);
            assertThat(given().get("/q/metrics").asString())
                    .as("scrapes do not ask the database")
                    .containsPattern("karyoflow_ingest_datasets\\{state=\"REGISTERED\"} [0-9]");
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> status(during) == 200);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
        assertThat(TestTopics.read(bootstrapServers, Topics.deadLetter(Topics.PREDICTIONS)))
                .noneMatch(letter -> during.equals(letter.key()));
    }

    private static int status(String requestId) {
        return given().get("/predictions/{id}", requestId).statusCode();
    }
}
