package io.karyoflow.inference.messaging;

import static io.karyoflow.common.messaging.TestTopics.header;
import static io.karyoflow.inference.messaging.PredictionScenario.assertProbabilities;
import static io.karyoflow.inference.messaging.PredictionScenario.decoded;
import static io.karyoflow.inference.messaging.PredictionScenario.image;
import static io.karyoflow.inference.messaging.PredictionScenario.probabilities;
import static io.karyoflow.inference.messaging.PredictionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ImageSizes;
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
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the whole service answers, on a real Kafka and a real PostgreSQL; an application of its own, as it begins
 * without a model, and one life of it, so the order counts.
 */
@QuarkusTest
@QuarkusTestResource(value = InfrastructureTestResource.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PredictionIT {
    private static final ModelBundle A = TinyModel.bundle("a");

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> connection;

    @Inject
    DataSource dataSource;

    @Inject
    ServedModels<OpenClassifier> models;

    @Inject
    MeterRegistry registry;

    @Inject
    @Readiness
    ServingReadiness readiness;

    private TestTopics topics;
    private PredictionScenario scenario;

    @BeforeEach
    void connect() {
        topics = new TestTopics(connection);
        scenario = new PredictionScenario(topics, dataSource, models);
    }

    @AfterEach
    void noRequestOfTheWholeRunWasAnsweredTwice() {
        assertThat(scenario.answered()).doesNotHaveDuplicates();
        topics.close();
    }

    @Test
    @Order(1)
    void requestsThatComeBeforeTheFirstModelWaitForIt() throws Exception {
        double labelledBefore = labelled();
        long timedBefore = timed();
        List<String> ids = scenario.send("early", 20);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                        registry.get("karyoflow.inference.queue.lag").gauge().value())
                .isEqualTo(20));
        HealthCheckResponse health = readiness.call();
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(health.getData().orElseThrow()).containsEntry("model", "no model promoted yet");
        assertThat(scenario.read(Topics.PREDICTIONS, ids)).isEmpty();

        scenario.promote(A);

        assertThat(scenario.predictions(ids).values())
                .extracting(Prediction::modelId)
                .containsOnly(A.id());
        // counted after the commit, which others may see first
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(labelled()).isEqualTo(labelledBefore + 20);
            assertThat(timed()).isEqualTo(timedBefore + 20);
        });
    }

    @Test
    @Order(2)
    void whatCannotBeUsedIsADeadLetterAndTheRestOfItsBatchIsServed() throws Exception {
        double refusedBefore = refused();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add("mixed-" + i);
            records.add(request("mixed-" + i, i));
        }
        byte[] noImage = "this is no image".getBytes(StandardCharsets.UTF_8);
        ProducerRecord<String, byte[]> undecodable = ImageRecords.of(
                new PredictionRequest("undecodable", "x.png", null, null, null, null, List.of(), "image/png", noImage),
                "test");
        records.add(10, undecodable);
        records.add(20, new ProducerRecord<>(Topics.PREDICTION_REQUESTS, null, image(1)));
        records.add(25, new ProducerRecord<>(Topics.PREDICTION_REQUESTS, "empty", new byte[0]));

        topics.send(records);

        assertThat(scenario.predictions(ids)).hasSize(30);
        List<ConsumerRecord<String, byte[]>> dead =
                scenario.deadLetters(Topics.PREDICTION_REQUESTS, "undecodable", null, "empty");
        assertThat(dead)
                .filteredOn(record -> "undecodable".equals(record.key()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isEqualTo(noImage);
                    assertThat(header(record, DeadLetters.REASON)).contains("not an image");
                    assertThat(header(record, DeadLetters.ORIGIN)).isEqualTo("inference");
                    assertThat(header(record, "ce_filename")).isEqualTo("x.png");
                });
        assertThat(dead)
                .filteredOn(record -> record.key() == null)
                .singleElement()
                .satisfies(
                        record -> assertThat(header(record, DeadLetters.REASON)).contains("no key"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(refused()).isEqualTo(refusedBefore + 3));
    }

    @Test
    @Order(3)
    void aLabelThatIsToBeExplainedIsHandedOnWithItselfAndTheModelThatMadeIt() throws Exception {
        PredictionRequest request = new PredictionRequest(
                "why", "why.png", "slide 7", 3L, 4L, null, List.of("saliency", "occlusion"), "image/png", image(1));
        topics.send(List.of(ImageRecords.of(request, "test")));
        List<String> ids = new ArrayList<>(scenario.send("no-why", 5));
        ids.add("why");

        Prediction prediction = scenario.predictions(ids).get("why");

        assertThat(scenario.read(Topics.EXPLANATION_REQUESTS, ids))
                .as("of the one that asks for it")
                .singleElement()
                .satisfies(record -> {
                    ExplanationRequested handedOn = ImageRecords.explanationRequested(record);
                    assertThat(handedOn.request()).usingRecursiveComparison().isEqualTo(request);
                    assertThat(handedOn.modelId()).isEqualTo(prediction.modelId());
                    assertThat(handedOn.label()).isEqualTo(prediction.label());
                    assertThat(handedOn.requestedAt()).isEqualTo(prediction.requestedAt());
                });
    }

    @Test
    @Order(4)
    void aRequestThatOnlyPassedCompressedIsADeadLetterWithoutItsValueAndTheOthersAreServed() throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd", ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32_000_000);
        try (KafkaProducer<String, byte[]> scanner = topics.producer(settings)) {
            scanner.send(new ProducerRecord<>(Topics.PREDICTION_REQUESTS, "compressed", new byte[22_000_000]))
                    .get();
        }

        assertThat(scenario.predictions(scenario.send("after-compressed", 20))).hasSize(20);
        assertThat(scenario.deadLetters(Topics.PREDICTION_REQUESTS, "compressed"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isNull();
                    assertThat(header(record, DeadLetters.REASON))
                            .contains("send a smaller image")
                            .contains("left out");
                });
    }

    @Test
    @Order(5)
    void aRequestWhoseHeadersWouldNotPassInItsAnswerIsADeadLetterAndTheOthersAreServed() throws Exception {
        Map<String, Object> settings = Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 16_000_000);
        try (KafkaProducer<String, byte[]> scanner = topics.producer(settings)) {
            String filename = "f".repeat(1_100_000);
            scanner.send(ImageRecords.of(
                            new PredictionRequest(
                                    "long-name", filename, null, null, null, null, List.of(), "image/png", image(1)),
                            "test"))
                    .get();
        }

        assertThat(scenario.predictions(scenario.send("after-long-name", 20))).hasSize(20);
        assertThat(scenario.deadLetters(Topics.PREDICTION_REQUESTS, "long-name"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isEqualTo(image(1));
                    assertThat(header(record, DeadLetters.REASON)).contains("key and headers have 1100");
                });
    }

    @Test
    @Order(6)
    void imagesOfASlideAreSeenAndExplainedByTheColoursOfAllOfThemSoFar(@TempDir Path folder) throws Exception {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("c");
        scenario.promote(ofSlides);
        ColourSums sums = new ColourSums();
        try (DjlModel model = DjlModel.open(ofSlides, folder, 1)) {
            for (int image = 0; image < 3; image++) {
                String id = "of-a-slide-" + image;
                topics.send(List.of(ofSlide8(id, image, null)));

                Prediction prediction = scenario.predictions(List.of(id)).get(id);

                sums.add(decoded(image));
                assertProbabilities(prediction, probabilities(model, image, sums.statistics()));
                assertThat(scenario.read(Topics.EXPLANATION_REQUESTS, List.of(id)))
                        .singleElement()
                        .extracting(record -> ImageRecords.explanationRequested(record)
                                .request()
                                .colours())
                        .usingRecursiveComparison()
                        .isEqualTo(sums.statistics());
                assertThat(prediction.colours()).isEqualTo(sums.statistics().numbers());
            }
            Prediction first = scenario.predictions(List.of("of-a-slide-0")).get("of-a-slide-0");
            topics.send(List.of(ofSlide8("once-more", 0, ColourStatistics.of(first.colours()))));
            Prediction again = scenario.predictions(List.of("once-more")).get("once-more");
            assertThat(again.colours()).isEqualTo(first.colours());
            assertProbabilities(again, probabilities(model, 0, ColourStatistics.of(first.colours())));
        }
    }

    @Test
    @Order(7)
    void theClockOfWhoAsksDoesNotCount() throws Exception {
        Instant now = Instant.now();
        topics.send(List.of(
                new ProducerRecord<>(Topics.PREDICTION_REQUESTS, null, 0L, "without-a-clock", image(1)),
                new ProducerRecord<>(
                        Topics.PREDICTION_REQUESTS,
                        null,
                        now.plus(Duration.ofDays(1)).toEpochMilli(),
                        "of-tomorrow",
                        image(2))));

        assertThat(scenario.predictions(List.of("without-a-clock", "of-tomorrow"))
                        .values())
                .extracting(Prediction::requestedAt)
                .allSatisfy(requestedAt -> assertThat(requestedAt)
                        .isBetween(now.minus(Duration.ofHours(12)), now.plus(Duration.ofHours(12))));
    }

    @Test
    @Order(8)
    void imagesOfAnotherSizeThanTheModelLearnedFromAreLabelledWithAWarning() throws Exception {
        double warnedBefore = warned();
        scenario.promote(TinyModel.bundleOfSizes("d", new ImageSizes(12, 12, 12, 12)));
        assertThat(scenario.predictions(scenario.send("of-usual-size", 5)).values())
                .extracting(Prediction::warning)
                .containsOnlyNulls();

        scenario.promote(TinyModel.bundleOfSizes("d", new ImageSizes(100, 100, 100, 100)));
        assertThat(scenario.predictions(scenario.send("of-another-size", 5)).values())
                .extracting(Prediction::warning)
                .hasSize(5)
                .allSatisfy(warning ->
                        assertThat(warning).contains("12 x 12 pixels").contains("100 x 100;"));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(warned()).isEqualTo(warnedBefore + 5));
    }

    private static ProducerRecord<String, byte[]> ofSlide8(String id, int image, ColourStatistics colours) {
        return ImageRecords.of(
                new PredictionRequest(
                        id, null, "slide 8", null, null, colours, List.of("saliency"), null, image(image)),
                "test");
    }

    private double labelled() {
        return registry.get("karyoflow.inference.images").counter().count();
    }

    private long timed() {
        return registry.get("karyoflow.inference.request.latency").timer().count();
    }

    private double warned() {
        return registry.get("karyoflow.inference.warnings").counter().count();
    }

    private double refused() {
        return registry.get("karyoflow.inference.dead.letters").counter().count();
    }
}
