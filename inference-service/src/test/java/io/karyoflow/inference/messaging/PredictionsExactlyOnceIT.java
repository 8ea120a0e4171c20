package io.karyoflow.inference.messaging;

import static io.karyoflow.common.messaging.TestTopics.header;
import static io.karyoflow.inference.messaging.PredictionScenario.DIFFERENT_IMAGES;
import static io.karyoflow.inference.messaging.PredictionScenario.assertProbabilities;
import static io.karyoflow.inference.messaging.PredictionScenario.probabilities;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real Kafka and a real PostgreSQL while models, transactions and the service itself change. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class PredictionsExactlyOnceIT {
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> connection;

    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<OpenClassifier> models;

    @Inject
    PredictionRequestsConsumer consumer;

    @Inject
    RequestsConfiguration configuration;

    @Inject
    MeterRegistry registry;

    @Inject
    @Readiness
    ServingReadiness readiness;

    private TestTopics topics;
    private PredictionScenario scenario;

    @BeforeEach
    void modelAAnswers() throws Exception {
        topics = new TestTopics(connection);
        scenario = new PredictionScenario(topics, dataSource, models);
        scenario.promote(A);
        // so that what is to be disturbed is under way, whichever test comes first
        scenario.predictions(scenario.send("ready-" + UUID.randomUUID(), 1));
    }

    @AfterEach
    void noRequestOfTheWholeRunWasAnsweredTwice() {
        assertThat(scenario.answered()).doesNotHaveDuplicates();
        topics.close();
    }

    @Test
    void aPromotionThatCannotBeServedIsADeadLetterAndTheOldModelGoesOn() throws Exception {
        ModelPromoted unknown = new ModelPromoted("default", "no-such-model", "00", "study", "trial", Instant.now());
        topics.send(List.of(
                new ProducerRecord<>(Topics.MODELS, "of-no-model", MessageJson.write(unknown)),
                new ProducerRecord<>(Topics.MODELS, "of-nothing", "{}".getBytes(StandardCharsets.UTF_8)),
                new ProducerRecord<>(Topics.MODELS, "nonsense", "nonsense".getBytes(StandardCharsets.UTF_8))));

        assertThat(scenario.deadLetters(Topics.MODELS, "of-no-model", "of-nothing", "nonsense"))
                .extracting(record -> header(record, DeadLetters.REASON))
                .anySatisfy(reason -> assertThat(reason)
                        .contains("no-such-model")
                        .contains("the model store does not have it")
                        .contains("model " + A.id() + " goes on serving"))
                .anySatisfy(reason -> assertThat(reason).contains("modelId"))
                .anySatisfy(reason -> assertThat(reason).contains("not a ModelPromoted"));
        assertThat(scenario.predictions(scenario.send("after-broken", 5)).values())
                .extracting(Prediction::modelId)
                .containsOnly(A.id());
    }

    @Test
    void overASwitchOfModelsEachRequestIsAnsweredOnceByTheModelThatItNames(@TempDir Path folder) throws Exception {
        List<String> ids = new ArrayList<>(scenario.send("switch-before", 200));
        scenario.promoteWithoutWaiting(B);
        ids.addAll(scenario.send("switch-during", 200));
        await().atMost(Duration.ofMinutes(1)).until(() -> models.currentId().equals(Optional.of(B.id())));
        ids.addAll(scenario.send("switch-after", 100));

        Map<String, Prediction> predictions = scenario.predictions(ids);

        assertThat(predictions.values()).extracting(Prediction::modelId).containsOnly(A.id(), B.id());
        Map<String, float[][]> expected = new HashMap<>();
        for (ModelBundle bundle : List.of(A, B)) {
            try (DjlModel model = DjlModel.open(bundle, folder, 1)) {
                expected.put(bundle.id(), probabilitiesOfAllImages(model));
            }
        }
        predictions.forEach((id, prediction) -> {
            int image = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % DIFFERENT_IMAGES;
            float[] row = expected.get(prediction.modelId())[image];
            assertProbabilities(prediction, row);
        });
        // what another test's application served last may still be among them
        assertThat(registry.get("karyoflow.inference.model").gauges())
                .extracting(gauge -> gauge.getId().getTag("model"))
                .contains(B.id())
                .doesNotContain(A.id());
    }

    @Test
    void afterAFailedTransactionTheBatchIsTakenAgain() throws Exception {
        double before = registry.get("karyoflow.inference.retries").counter().count();
        List<String> ids = new ArrayList<>(scenario.send("fenced", 100));

        // another process with the same transactional id: the service may not commit what it has in hand
        try (KafkaProducer<String, byte[]> other =
                topics.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.transactionalId()))) {
            other.initTransactions();
        }
        ids.addAll(scenario.send("fenced-later", 100));

        assertThat(scenario.predictions(ids)).hasSize(200);
        assertThat(registry.get("karyoflow.inference.retries").counter().count())
                .isGreaterThan(before);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);
    }

    @Test
    void aRestartRepeatsNothingAndSkipsNothing() throws Exception {
        List<String> ids = new ArrayList<>(scenario.send("restart-before", 100));
        consumer.stop(null);
        ids.addAll(scenario.send("restart-meanwhile", 50));
        assertThat(consumer.isAlive()).isFalse();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        consumer.start(null);
        ids.addAll(scenario.send("restart-after", 50));

        assertThat(scenario.predictions(ids)).hasSize(200);
    }

    private static float[][] probabilitiesOfAllImages(DjlModel model) throws Exception {
        float[][] rows = new float[DIFFERENT_IMAGES][];
        for (int i = 0; i < DIFFERENT_IMAGES; i++) {
            rows[i] = probabilities(model, i, ColourStatistics.USUAL);
        }
        return rows;
    }
}
