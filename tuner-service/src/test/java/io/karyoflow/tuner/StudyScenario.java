package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.tuner.study.TestStudy;
import io.karyoflow.tuner.testing.PlayedTrainer;
import io.karyoflow.tuner.testing.TopicTail;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.core.ThrowingRunnable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the integration tests share: a data set, a trainer that is played, and eyes on the topics. */
abstract class StudyScenario {
    static final String SPACE = "\"space\":{\"learningRate\":{\"type\":\"loguniform\",\"min\":0.0003,\"max\":0.01}}";

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    Jdbi jdbi;
    PlayedTrainer trainer;
    TopicTail requests;
    TopicTail stops;
    TopicTail models;
    TopicTail deadLetters;

    @BeforeEach
    void open() {
        jdbi = Jdbi.create(dataSource);
        trainer = new PlayedTrainer(dataSource, bootstrapServers);
        trainer.registerDataset(TestStudy.dataset("d1", 5, null));
        requests = new TopicTail(bootstrapServers, Topics.TRIAL_REQUESTS);
        stops = new TopicTail(bootstrapServers, Topics.TRIAL_STOPS);
        models = new TopicTail(bootstrapServers, Topics.MODELS);
        deadLetters = new TopicTail(bootstrapServers, Topics.deadLetter(Topics.TRIAL_EVENTS));
    }

    @AfterEach
    void close() {
        trainer.close();
        requests.close();
        stops.close();
        models.close();
        deadLetters.close();
    }

    /** @param settings JSON members besides data set and space */
    String createStudy(String settings) {
        return createStudy(settings, "d1");
    }

    String createStudy(String settings, String dataset) {
        return given().contentType("application/json")
                .body("{\"dataset\":\"" + dataset + "\"," + SPACE + "," + settings + "}")
                .post("/studies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The one trial of a study that has ended, by its promotion. */
    TrialRequested trained(String promotion) {
        String study = createStudy("\"trials\":1,\"epochs\":1,\"promotion\":\"" + promotion + "\"");
        TrialRequested trial = taken(study, 1, 1);
        train(trial, 0.5);
        eventually(() -> assertThat(study(study).getString("state")).isEqualTo("COMPLETED"));
        return trial;
    }

    /** The request for this attempt of the study's n-th trial, once it is on the topic. */
    TrialRequested request(String study, int number, int attempt) {
        String key = String.format("%s-%03d", study, number);
        TrialRequested[] found = new TrialRequested[1];
        eventually(() -> {
            assertThat(requests.ofKey(key))
                    .extracting(record -> MessageJson.read(record.value(), TrialRequested.class))
                    .filteredOn(request -> request.attempt() == attempt)
                    .isNotEmpty()
                    .first()
                    .satisfies(request -> found[0] = request);
        });
        return found[0];
    }

    TrialRequested taken(String study, int number, int attempt) {
        TrialRequested request = request(study, number, attempt);
        assertThat(trainer.take(request, "worker-" + number)).isTrue();
        eventually(() -> assertThat(trial(request).getString("state")).isEqualTo("RUNNING"));
        return request;
    }

    /** All epochs at one quality, to the end. */
    void train(TrialRequested request, double quality) {
        for (int epoch = 1; epoch <= request.epochs(); epoch++) {
            trainer.epoch(request, epoch, quality(quality), quality(quality));
        }
        trainer.complete(request, quality(quality));
        eventually(() -> assertThat(trial(request).getString("state")).isEqualTo("COMPLETED"));
    }

    List<Map<String, Object>> dashboard(String view, String study) {
        return jdbi.withHandle(
                handle -> handle.select("SELECT * FROM dashboards." + view + " WHERE study_id = ?", study)
                        .mapToMap()
                        .list());
    }

    static JsonPath study(String id) {
        return given().get("/studies/" + id).then().statusCode(200).extract().jsonPath();
    }

    static JsonPath trial(TrialRequested request) {
        return given().get("/trials/" + request.trialId())
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(assertion);
    }
}
