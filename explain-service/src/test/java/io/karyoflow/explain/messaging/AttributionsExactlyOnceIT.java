package io.karyoflow.explain.messaging;

import static io.karyoflow.common.messaging.TestTopics.header;
import static io.karyoflow.explain.messaging.AttributionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real Kafka and a real PostgreSQL while models, transactions and the service itself change. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
class AttributionsExactlyOnceIT {
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> connection;

    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<ServedModel> models;

    @Inject
    ExplanationRequestsConsumer consumer;

    @Inject
    RequestsConfiguration configuration;

    @Inject
    MeterRegistry registry;

    @Inject
    @Readiness
    ServingReadiness readiness;

    private TestTopics topics;
    private AttributionScenario scenario;

    @BeforeEach
    void modelAAnswersInBothLanes() throws Exception {
        topics = new TestTopics(connection);
        scenario = new AttributionScenario(topics, dataSource, models);
        scenario.promote(A);
        // so that what is to be disturbed is under way, whichever test comes first
        String ready = "ready-" + UUID.randomUUID();
        scenario.send(request(ready, 1, A, "saliency", "occlusion"));
        scenario.attributionsOf(List.of(ready), 2);
    }

    @AfterEach
    void noRequestOfTheWholeRunWasExplainedTwiceByOneMethod() {
        scenario.assertThatNoMethodExplainedARequestTwice();
        topics.close();
    }

    @Test
    void aPromotionThatCannotBeServedIsADeadLetterAndTheOldModelGoesOn() throws Exception {
        ModelPromoted unknown = new ModelPromoted("default", "no-such-model", "00", "study", "trial", Instant.now());
        scenario.send(new ProducerRecord<>(Topics.MODELS, "of-no-model", MessageJson.write(unknown)));

        assertThat(scenario.deadLetters(Topics.MODELS, "of-no-model"))
                .singleElement()
                .satisfies(record -> assertThat(header(record, DeadLetters.REASON))
                        .contains("no-such-model")
                        .contains("model " + A.id() + " goes on serving"));
        scenario.send(request("after-broken", 3, A, "saliency"));
        assertThat(scenario.attributionsOf(List.of("after-broken"), 1))
                .extracting(Attribution::modelId)
                .containsExactly(A.id());
    }

    @Test
    void overASwitchOfModelsEachRequestIsExplainedOnceByTheModelThatItNames() throws Exception {
        List<String> ofA = new ArrayList<>(sendAskingForThree("a-before", 50, A));
        scenario.promoteWithoutWaiting(B);
        List<String> ofB = new ArrayList<>(sendAskingForThree("b-during", 50, B));
        ofA.addAll(sendAskingForThree("a-during", 50, A));
        await().atMost(Duration.ofMinutes(1)).until(() -> models.currentId().equals(Optional.of(B.id())));
        ofA.addAll(sendAskingForThree("a-after", 25, A));
        ofB.addAll(sendAskingForThree("b-after", 25, B));

        assertThat(scenario.attributionsOf(ofA, 375))
                .hasSize(375)
                .extracting(Attribution::modelId)
                .containsOnly(A.id());
        assertThat(scenario.attributionsOf(ofB, 225))
                .hasSize(225)
                .extracting(Attribution::modelId)
                .containsOnly(B.id());
    }

    @Test
    void afterAFailedTransactionTheBatchIsTakenAgain() throws Exception {
        double before = registry.get("karyoflow.explain.retries").counter().count();
        List<String> ids = new ArrayList<>(sendAskingForThree("fenced", 60, A));

        // another process with the same transactional id: the service may not commit what it has in hand
        try (KafkaProducer<String, byte[]> other = topics.producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.transactionalId() + "-quick"))) {
            other.initTransactions();
        }
        ids.addAll(sendAskingForThree("fenced-later", 40, A));

        assertThat(scenario.attributionsOf(ids, 300)).hasSize(300);
        assertThat(registry.get("karyoflow.explain.retries").counter().count()).isGreaterThan(before);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> readiness.call().getStatus() == HealthCheckResponse.Status.UP);
    }

    @Test
    void aRestartRepeatsNothingAndSkipsNothing() throws Exception {
        List<String> ids = new ArrayList<>(sendAskingForThree("restart-before", 40, A));
        consumer.stop(null);
        assertThat(consumer.isAlive()).isFalse();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        ids.addAll(sendAskingForThree("restart-meanwhile", 20, A));

        consumer.start(null);
        ids.addAll(sendAskingForThree("restart-after", 20, A));

        assertThat(scenario.attributionsOf(ids, 240)).hasSize(240);
    }

    @Test
    void slowMethodsDoNotHoldUpTheQuick() throws Exception {
        List<String> slow = IntStream.range(0, 300).mapToObj(i -> "slow-" + i).toList();
        topics.send(
                slow.stream().map(id -> request(id, id.hashCode(), A, "rise")).toList());

        scenario.send(request("quick", 1, A, "saliency"));

        assertThat(scenario.attributionsOf(List.of("quick"), 1)).hasSize(1);
        assertThat(scenario.attributionsOf(slow, 0))
                .as("answered before those in front of it")
                .hasSizeLessThan(300);
        assertThat(scenario.attributionsOf(slow, 300)).hasSize(300);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(registry.get("karyoflow.explain.queue.lag")
                        .tag("lane", "slow")
                        .gauge()
                        .value())
                .isZero());
    }

    /** Two quick methods and a slow one, so that both lanes have what to do. */
    private List<String> sendAskingForThree(String prefix, int count, ModelBundle model) throws Exception {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        topics.send(ids.stream()
                .map(id -> request(id, id.hashCode(), model, "saliency", "smoothgrad", "occlusion"))
                .toList());
        return ids;
    }
}
