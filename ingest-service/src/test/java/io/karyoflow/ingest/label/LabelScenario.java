package io.karyoflow.ingest.label;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of labels share: a slide of their own, what is published of it, and what is answered about it. */
abstract class LabelScenario {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Topic and table outlive a test, so each has names of its own. */
    final String slide = "slide, " + UUID.randomUUID();

    PublishedPredictions topic;

    @BeforeEach
    void start() {
        topic = new PublishedPredictions(bootstrapServers);
    }

    @AfterEach
    void stop() {
        topic.close();
    }

    String id(String name) {
        return name + "-" + slide.substring("slide, ".length());
    }

    void awaitStored(int labels) {
        await().atMost(Duration.ofSeconds(60)).until(() -> csv(slide).size() == labels + 1);
    }

    static ValidatableResponse label(String id) {
        return given().get("/predictions/{id}", id).then();
    }

    static List<String> csv(String slide) {
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
}
