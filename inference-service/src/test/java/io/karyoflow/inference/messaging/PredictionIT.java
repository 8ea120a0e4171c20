package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ColourSums;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole service on a real Kafka and a real PostgreSQL; one life of it, so the order counts. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PredictionIT {
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");
    private static final int DIFFERENT_IMAGES = 10;

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

    @BeforeEach
    void connect() {
        topics = new TestTopics(connection);
    }

    @AfterEach
    void noRequestOfTheWholeRunWasAnsweredTwice() {
        assertThat(topics.read(Topics.PREDICTIONS))
                .extracting(ConsumerRecord::key)
                .doesNotHaveDuplicates();
        topics.close();
    }

    @Test
    @Order(1)
    void requestsThatComeBeforeTheFirstModelWaitForIt() throws Exception {
        List<String> ids = send("early", 20);
        await().untilAsserted(() -> assertThat(
                        registry.get("karyoflow.inference.queue.lag").gauge().value())
                .isEqualTo(20));
        HealthCheckResponse health = readiness.call();
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(health.getData().orElseThrow()).containsEntry("model", "no model promoted yet");
        assertThat(topics.read(Topics.PREDICTIONS)).isEmpty();

        promote(A);

        assertThat(predictions(ids).values()).extracting(Prediction::modelId).containsOnly(A.id());
        assertThat(registry.get("karyoflow.inference.images").counter().count()).isEqualTo(20);
        assertThat(registry.get("karyoflow.inference.request.latency").timer().count())
                .isEqualTo(20);
    }

    @Test
    @Order(2)
    void aPromotionThatCannotBeServedIsADeadLetterAndTheOldModelGoesOn() throws Exception {
        ModelPromoted unknown = new ModelPromoted("default", "no-such-model", "00", "study", "trial", Instant.now());
        topics.send(List.of(
                new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(unknown)),
                new ProducerRecord<>(Topics.MODELS, "default", "{}".getBytes(StandardCharsets.UTF_8)),
                new ProducerRecord<>(Topics.MODELS, "default", "nonsense".getBytes(StandardCharsets.UTF_8))));

        String deadLetters = Topics.deadLetter(Topics.MODELS);
        await().untilAsserted(() -> assertThat(topics.read(deadLetters)).hasSize(3));
        assertThat(topics.read(deadLetters))
                .extracting(record -> header(record, DeadLetters.REASON))
                .anySatisfy(reason -> assertThat(reason)
                        .contains("no-such-model")
                        .contains("the model store does not have it")
                        .contains("model " + A.id() + " goes on serving"))
                .anySatisfy(reason -> assertThat(reason).contains("modelId"))
                .anySatisfy(reason -> assertThat(reason).contains("not a ModelPromoted"));
        assertThat(predictions(send("after-broken", 5)).values())
                .extracting(Prediction::modelId)
                .containsOnly(A.id());
    }

    @Test
    @Order(3)
    void whatCannotBeUsedIsADeadLetterAndTheRestOfItsBatchIsServed() throws Exception {
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

        assertThat(predictions(ids)).hasSize(30);
        String deadLetters = Topics.deadLetter(Topics.PREDICTION_REQUESTS);
        await().untilAsserted(() -> assertThat(topics.read(deadLetters)).hasSize(3));
        List<ConsumerRecord<String, byte[]>> dead = topics.read(deadLetters);
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
        assertThat(registry.get("karyoflow.inference.dead.letters").counter().count())
                .isEqualTo(3);
    }

    @Test
    @Order(4)
    void aLabelThatIsToBeExplainedIsHandedOnWithItselfAndTheModelThatMadeIt() throws Exception {
        PredictionRequest request = new PredictionRequest(
                "why", "why.png", "slide 7", 3L, 4L, null, List.of("saliency", "occlusion"), "image/png", image(1));
        topics.send(List.of(ImageRecords.of(request, "test")));

        Prediction prediction = predictions(List.of("why")).get("why");

        assertThat(topics.read(Topics.EXPLANATION_REQUESTS)).singleElement().satisfies(record -> {
            ExplanationRequested handedOn = ImageRecords.explanationRequested(record);
            assertThat(handedOn.request()).usingRecursiveComparison().isEqualTo(request);
            assertThat(handedOn.modelId()).isEqualTo(prediction.modelId());
            assertThat(handedOn.label()).isEqualTo(prediction.label());
            assertThat(handedOn.requestedAt()).isEqualTo(prediction.requestedAt());
        });
    }

    @Test
    @Order(5)
    void overASwitchOfModelsEachRequestIsAnsweredOnceByTheModelThatItNames(@TempDir Path folder) throws Exception {
        List<String> ids = new ArrayList<>(send("switch-before", 200));
        promoteWithoutWaiting(B);
        ids.addAll(send("switch-during", 200));
        await().until(() -> models.currentId().equals(Optional.of(B.id())));
        ids.addAll(send("switch-after", 100));

        Map<String, Prediction> predictions = predictions(ids);

        assertThat(predictions.values()).extracting(Prediction::modelId).containsOnly(A.id(), B.id());
        Map<String, float[][]> expected = new HashMap<>();
        for (ModelBundle bundle : List.of(A, B)) {
            try (DjlModel model = DjlModel.open(bundle, folder, 1)) {
                expected.put(bundle.id(), probabilities(model));
            }
        }
        predictions.forEach((id, prediction) -> {
            int image = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1)) % DIFFERENT_IMAGES;
            float[] row = expected.get(prediction.modelId())[image];
            assertProbabilities(prediction, row);
        });
        assertThat(registry.get("karyoflow.inference.model").gauges())
                .singleElement()
                .satisfies(gauge -> assertThat(gauge.getId().getTag("model")).isEqualTo(B.id()));
    }

    @Test
    @Order(6)
    void afterAFailedTransactionTheBatchIsTakenAgain() throws Exception {
        double before = registry.get("karyoflow.inference.retries").counter().count();
        List<String> ids = new ArrayList<>(send("fenced", 100));

        // another process with the same transactional id: the service may not commit what it has in hand
        try (KafkaProducer<String, byte[]> other =
                topics.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.transactionalId()))) {
            other.initTransactions();
        }
        ids.addAll(send("fenced-later", 100));

        assertThat(predictions(ids)).hasSize(200);
        assertThat(registry.get("karyoflow.inference.retries").counter().count())
                .isGreaterThan(before);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    @Order(7)
    void aRestartRepeatsNothingAndSkipsNothing() throws Exception {
        List<String> ids = new ArrayList<>(send("restart-before", 100));
        consumer.stop(null);
        ids.addAll(send("restart-meanwhile", 50));
        assertThat(consumer.isAlive()).isFalse();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);

        consumer.start(null);
        ids.addAll(send("restart-after", 50));

        assertThat(predictions(ids)).hasSize(200);
    }

    @Test
    @Order(8)
    void aRequestThatOnlyPassedCompressedIsADeadLetterWithoutItsValueAndTheOthersAreServed() throws Exception {
        Map<String, Object> settings = Map.of(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd", ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32_000_000);
        try (KafkaProducer<String, byte[]> scanner = topics.producer(settings)) {
            scanner.send(new ProducerRecord<>(Topics.PREDICTION_REQUESTS, "compressed", new byte[22_000_000]))
                    .get();
        }

        assertThat(predictions(send("after-compressed", 20))).hasSize(20);
        await().untilAsserted(() -> assertThat(topics.read(Topics.deadLetter(Topics.PREDICTION_REQUESTS)))
                .filteredOn(record -> "compressed".equals(record.key()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isNull();
                    assertThat(header(record, DeadLetters.REASON))
                            .contains("send a smaller image")
                            .contains("left out");
                }));
    }

    @Test
    @Order(9)
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

        assertThat(predictions(send("after-long-name", 20))).hasSize(20);
        await().untilAsserted(() -> assertThat(topics.read(Topics.deadLetter(Topics.PREDICTION_REQUESTS)))
                .filteredOn(record -> "long-name".equals(record.key()))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isEqualTo(image(1));
                    assertThat(header(record, DeadLetters.REASON)).contains("key and headers have 1100");
                }));
    }

    @Test
    @Order(10)
    void imagesOfASlideAreSeenAndExplainedByTheColoursOfAllOfThemSoFar(@TempDir Path folder) throws Exception {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("c");
        promote(ofSlides);
        ColourSums sums = new ColourSums();
        try (DjlModel model = DjlModel.open(ofSlides, folder, 1)) {
            for (int image = 0; image < 3; image++) {
                String id = "of-a-slide-" + image;
                topics.send(List.of(ofSlide8(id, image, null)));

                Prediction prediction = predictions(List.of(id)).get(id);

                sums.add(decoded(image(image)));
                assertProbabilities(prediction, probabilities(model, decoded(image(image)), sums.statistics()));
                assertThat(topics.read(Topics.EXPLANATION_REQUESTS))
                        .filteredOn(record -> id.equals(record.key()))
                        .singleElement()
                        .extracting(record -> ImageRecords.explanationRequested(record)
                                .request()
                                .colours())
                        .usingRecursiveComparison()
                        .isEqualTo(sums.statistics());
                assertThat(prediction.colours()).isEqualTo(sums.statistics().numbers());
            }
            Prediction first = predictions(List.of("of-a-slide-0")).get("of-a-slide-0");
            topics.send(List.of(ofSlide8("once-more", 0, ColourStatistics.of(first.colours()))));
            Prediction again = predictions(List.of("once-more")).get("once-more");
            assertThat(again.colours()).isEqualTo(first.colours());
            assertProbabilities(again, probabilities(model, decoded(image(0)), ColourStatistics.of(first.colours())));
        }
    }

    private static ProducerRecord<String, byte[]> ofSlide8(String id, int image, ColourStatistics colours) {
        return ImageRecords.of(
                new PredictionRequest(
                        id, null, "slide 8", null, null, colours, List.of("saliency"), null, image(image)),
                "test");
    }

    private static void assertProbabilities(Prediction prediction, float[] expected) {
        for (int label = 0; label < expected.length; label++) {
            assertThat(prediction.probabilities().get(label).probability())
                    .as("%s, class %d", prediction.requestId(), label)
                    .isCloseTo(expected[label], within(1e-5));
        }
    }

    /** Waits until each is answered; each must be answered once. */
    private Map<String, Prediction> predictions(List<String> ids) {
        Set<String> wanted = Set.copyOf(ids);
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(answered()).containsAll(wanted));
        return topics.read(Topics.PREDICTIONS).stream()
                .filter(record -> wanted.contains(record.key()))
                .collect(Collectors.toMap(
                        ConsumerRecord::key, record -> MessageJson.read(record.value(), Prediction.class)));
    }

    private Set<String> answered() {
        return topics.read(Topics.PREDICTIONS).stream().map(ConsumerRecord::key).collect(Collectors.toSet());
    }

    private List<String> send(String prefix, int count) throws Exception {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        topics.send(
                IntStream.range(0, count).mapToObj(i -> request(ids.get(i), i)).toList());
        return ids;
    }

    private void promote(ModelBundle bundle) throws Exception {
        promoteWithoutWaiting(bundle);
        await().until(() -> models.currentId().equals(Optional.of(bundle.id())));
    }

    private void promoteWithoutWaiting(ModelBundle bundle) throws Exception {
        new ModelStore(dataSource).save(bundle);
        ModelPromoted promotion =
                new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", Instant.now());
        topics.send(List.of(new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(promotion))));
    }

    private static ProducerRecord<String, byte[]> request(String id, int image) {
        return ImageRecords.of(
                new PredictionRequest(id, id + ".png", null, null, null, null, List.of(), "image/png", image(image)),
                "test");
    }

    private static float[][] probabilities(ServedModel model) throws Exception {
        float[][] rows = new float[DIFFERENT_IMAGES][];
        for (int i = 0; i < DIFFERENT_IMAGES; i++) {
            rows[i] = probabilities(model, decoded(image(i)), ColourStatistics.USUAL);
        }
        return rows;
    }

    private static float[] probabilities(ServedModel model, RgbImage image, ColourStatistics colours) {
        return model.classify(ImageBatch.of(List.of(image), List.of(colours))).probabilities()[0];
    }

    private static RgbImage decoded(byte[] image) throws UndecodableImageException {
        return new ImageDecoder(1000).decode(image).image();
    }

    private static byte[] image(int number) {
        Random random = new Random(number % DIFFERENT_IMAGES);
        BufferedImage image = new BufferedImage(12, 12, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 144; i++) {
            image.setRGB(i % 12, i / 12, random.nextInt(1 << 24));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
