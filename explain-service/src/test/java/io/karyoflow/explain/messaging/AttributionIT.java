package io.karyoflow.explain.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ImageBatch;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
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
class AttributionIT {
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");
    private static final String[] ALL_METHODS = {"saliency", "smoothgrad", "occlusion"};

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

    @BeforeEach
    void connect() {
        topics = new TestTopics(connection);
    }

    @AfterEach
    void noRequestOfTheWholeRunWasExplainedTwiceByOneMethod() {
        assertThat(attributions())
                .extracting(attribution -> attribution.requestId() + " " + attribution.method())
                .doesNotHaveDuplicates();
        topics.close();
    }

    @Test
    @Order(1)
    void aRequestIsExplainedByTheModelThatItNamesPromotedOrNot() throws Exception {
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(readiness.call().getData().orElseThrow()).containsEntry("model", "no model promoted yet");
        new ModelStore(dataSource).save(B);

        send(request("early", 1, B, ALL_METHODS));

        assertThat(attributionsOf(List.of("early"), 3))
                .allSatisfy(attribution -> assertThat(attribution.modelId()).isEqualTo(B.id()))
                .extracting(Attribution::method)
                .containsExactlyInAnyOrder(ALL_METHODS);
        promote(A);
        assertThat(readiness.call().getData().orElseThrow()).containsEntry("model", A.id());
        assertThat(registry.get("karyoflow.explain.compute")
                        .tag("method", "occlusion")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("karyoflow.explain.request.latency")
                        .tag("method", "saliency")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    @Order(2)
    void theMapIsThatOfTheModelAndThePictureThatOfTheImage(@TempDir Path folder) throws Exception {
        send(request("checked", 7, A, "saliency"));

        Attribution attribution =
                attributionsOf(List.of("checked"), 1).iterator().next();

        ImageBatch image = batch(7, ColourStatistics.USUAL);
        try (DjlModel model = DjlModel.open(A, folder, 1)) {
            float[] logits = model.classify(image).logits()[0];
            int target = attribution.targetClass();
            assertThat(attribution.score()).isCloseTo(logits[target], within(1e-4));
            for (float logit : logits) {
                assertThat(logit).isLessThanOrEqualTo(logits[target]);
            }
            assertThat(attribution.targetClassName()).isEqualTo(TinyModel.CLASSES.get(target));

            float[] gradient = model.gradient(model.preprocess(image), new int[] {target});
            float[] map = map(attribution);
            assertThat(attribution.shape()).containsExactly(TinyModel.SIDE, TinyModel.SIDE);
            for (int pixel = 0; pixel < map.length; pixel++) {
                float sum = Math.abs(gradient[pixel * 3])
                        + Math.abs(gradient[pixel * 3 + 1])
                        + Math.abs(gradient[pixel * 3 + 2]);
                assertThat(map[pixel]).isCloseTo(sum, within(1e-4f));
            }
        }
        assertThat(attribution.faithfulness().deletionAuc()).isBetween(0.0, 1.0);
        assertThat(attribution.faithfulness().insertionAuc()).isBetween(0.0, 1.0);
        RgbImage overlay = decoded(Base64.getDecoder().decode(attribution.overlayPng()));
        assertThat(List.of(overlay.height(), overlay.width())).containsExactly(12, 12);
    }

    @Test
    @Order(3)
    void whatCannotBeExplainedIsADeadLetterAndTheRestOfItsBatchIsServed() throws Exception {
        byte[] noImage = "this is no image".getBytes(StandardCharsets.UTF_8);
        List<String> good = IntStream.range(0, 20).mapToObj(i -> "good-" + i).toList();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        good.forEach(id -> records.add(request(id, id.hashCode(), A, "saliency", "occlusion")));
        records.add(5, request("unknown-method", 1, A, "saliency", "tea-leaves"));
        records.add(10, request("undecodable", noImage, "some-model", "saliency", "occlusion"));
        records.add(15, request("unknown-model", image(2), "no-such-model", "saliency"));

        topics.send(records);

        assertThat(attributionsOf(good, 40)).extracting(Attribution::modelId).containsOnly(A.id());
        assertThat(attributionsOf(List.of("unknown-method"), 1))
                .as("by the method that is known")
                .hasSize(1);
        List<ConsumerRecord<String, byte[]>> dead = deadLetters(Topics.EXPLANATION_REQUESTS, 3);
        assertThat(dead)
                .filteredOn(record -> record.key().equals("unknown-method"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.value()).isEqualTo(image(1));
                    assertThat(header(record, DeadLetters.REASON))
                            .contains("tea-leaves")
                            .contains("known are saliency, input_x_gradient");
                    assertThat(header(record, DeadLetters.ORIGIN)).isEqualTo("explain");
                });
        assertThat(dead)
                .filteredOn(record -> record.key().equals("undecodable"))
                .singleElement()
                .satisfies(
                        record -> assertThat(header(record, DeadLetters.REASON)).contains("not an image"));
        assertThat(dead)
                .filteredOn(record -> record.key().equals("unknown-model"))
                .singleElement()
                .satisfies(record -> assertThat(header(record, DeadLetters.REASON))
                        .contains("no-such-model")
                        .contains("the model store does not have it"));
        assertThat(registry.get("karyoflow.explain.dead.letters").counter().count())
                .isEqualTo(3);
    }

    @Test
    @Order(4)
    void aPromotionThatCannotBeServedIsADeadLetterAndTheOldModelGoesOn() throws Exception {
        ModelPromoted unknown = new ModelPromoted("default", "no-such-model", "00", "study", "trial", Instant.now());
        send(new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(unknown)));

        assertThat(deadLetters(Topics.MODELS, 1)).singleElement().satisfies(record -> assertThat(
                        header(record, DeadLetters.REASON))
                .contains("no-such-model")
                .contains("model " + A.id() + " goes on serving"));
        send(request("after-broken", 3, A, "saliency"));
        assertThat(attributionsOf(List.of("after-broken"), 1))
                .extracting(Attribution::modelId)
                .containsExactly(A.id());
    }

    @Test
    @Order(5)
    void overASwitchOfModelsEachRequestIsExplainedOnceByTheModelThatItNames() throws Exception {
        List<String> ofA = new ArrayList<>(sendAskingForAll("a-before", 50, A));
        promoteWithoutWaiting(B);
        List<String> ofB = new ArrayList<>(sendAskingForAll("b-during", 50, B));
        ofA.addAll(sendAskingForAll("a-during", 50, A));
        await().until(() -> models.currentId().equals(Optional.of(B.id())));
        ofA.addAll(sendAskingForAll("a-after", 25, A));
        ofB.addAll(sendAskingForAll("b-after", 25, B));

        assertThat(attributionsOf(ofA, 375))
                .hasSize(375)
                .extracting(Attribution::modelId)
                .containsOnly(A.id());
        assertThat(attributionsOf(ofB, 225))
                .hasSize(225)
                .extracting(Attribution::modelId)
                .containsOnly(B.id());
    }

    @Test
    @Order(6)
    void afterAFailedTransactionTheBatchIsTakenAgain() throws Exception {
        double before = registry.get("karyoflow.explain.retries").counter().count();
        List<String> ids = new ArrayList<>(sendAskingForAll("fenced", 60, B));

        // another process with the same transactional id: the service may not commit what it has in hand
        try (KafkaProducer<String, byte[]> other = topics.producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, configuration.transactionalId() + "-quick"))) {
            other.initTransactions();
        }
        ids.addAll(sendAskingForAll("fenced-later", 40, B));

        assertThat(attributionsOf(ids, 300)).hasSize(300);
        assertThat(registry.get("karyoflow.explain.retries").counter().count()).isGreaterThan(before);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    @Order(7)
    void aRestartRepeatsNothingAndSkipsNothing() throws Exception {
        List<String> ids = new ArrayList<>(sendAskingForAll("restart-before", 40, B));
        consumer.stop(null);
        assertThat(consumer.isAlive()).isFalse();
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        ids.addAll(sendAskingForAll("restart-meanwhile", 20, B));

        consumer.start(null);
        ids.addAll(sendAskingForAll("restart-after", 20, B));

        assertThat(attributionsOf(ids, 240)).hasSize(240);
    }

    @Test
    @Order(8)
    void slowMethodsDoNotHoldUpTheQuick() throws Exception {
        List<String> slow = IntStream.range(0, 300).mapToObj(i -> "slow-" + i).toList();
        topics.send(
                slow.stream().map(id -> request(id, id.hashCode(), B, "rise")).toList());

        send(request("quick", 1, B, "saliency"));

        assertThat(attributionsOf(List.of("quick"), 1)).hasSize(1);
        assertThat(attributionsOf(slow, 0))
                .as("answered before those in front of it")
                .hasSizeLessThan(300);
        assertThat(attributionsOf(slow, 300)).hasSize(300);
        await().untilAsserted(() -> assertThat(registry.get("karyoflow.explain.queue.lag")
                        .tag("lane", "slow")
                        .gauge()
                        .value())
                .isZero());
    }

    @Test
    @Order(9)
    void anImageOfASlideIsSeenByTheColoursThatTheRequestNamesOrByItsOwn(@TempDir Path folder) throws Exception {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("c");
        new ModelStore(dataSource).save(ofSlides);
        ColourStatistics colours = new ColourStatistics(new float[] {0.1f, 0.9f, 0.4f}, new float[] {0.3f, 0.3f, 0.3f});

        send(request("colours-named", image(7), ofSlides.id(), colours, "saliency"));
        send(request("colours-not-named", image(7), ofSlides.id(), "saliency"));

        try (DjlModel model = DjlModel.open(ofSlides, folder, 1)) {
            assertScore("colours-named", model.classify(batch(7, colours)).logits()[0]);
            ColourStatistics own = ColourStatistics.of(decoded(image(7)));
            assertScore("colours-not-named", model.classify(batch(7, own)).logits()[0]);
        }
    }

    private void assertScore(String requestId, float[] logits) {
        Attribution attribution =
                attributionsOf(List.of(requestId), 1).iterator().next();
        assertThat(attribution.score()).isCloseTo(logits[attribution.targetClass()], within(1e-4));
    }

    /** Waits until the requests have so many attributions in all. */
    private Collection<Attribution> attributionsOf(List<String> requestIds, int count) {
        Set<String> wanted = Set.copyOf(requestIds);
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> attributions().stream()
                                .filter(attribution -> wanted.contains(attribution.requestId()))
                                .collect(Collectors.toList()),
                        found -> found.size() >= count);
    }

    private List<Attribution> attributions() {
        return topics.read(Topics.ATTRIBUTIONS).stream()
                .map(record -> MessageJson.read(record.value(), Attribution.class))
                .toList();
    }

    private List<ConsumerRecord<String, byte[]>> deadLetters(String topic, int count) {
        return await().until(() -> topics.read(Topics.deadLetter(topic)), dead -> dead.size() >= count);
    }

    private List<String> sendAskingForAll(String prefix, int count, ModelBundle model) throws Exception {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        topics.send(ids.stream()
                .map(id -> request(id, id.hashCode(), model, ALL_METHODS))
                .toList());
        return ids;
    }

    private void send(ProducerRecord<String, byte[]> record) throws Exception {
        topics.send(List.of(record));
    }

    private void promote(ModelBundle bundle) throws Exception {
        promoteWithoutWaiting(bundle);
        await().until(() -> models.currentId().equals(Optional.of(bundle.id())));
    }

    private void promoteWithoutWaiting(ModelBundle bundle) throws Exception {
        new ModelStore(dataSource).save(bundle);
        ModelPromoted promotion =
                new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", Instant.now());
        send(new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(promotion)));
    }

    private static ProducerRecord<String, byte[]> request(String id, int image, ModelBundle model, String... methods) {
        return request(id, image(image), model.id(), methods);
    }

    private static ProducerRecord<String, byte[]> request(String id, byte[] bytes, String modelId, String... methods) {
        return request(id, bytes, modelId, null, methods);
    }

    private static ProducerRecord<String, byte[]> request(
            String id, byte[] bytes, String modelId, ColourStatistics colours, String... methods) {
        PredictionRequest request =
                new PredictionRequest(id, id + ".png", null, null, null, colours, List.of(methods), "image/png", bytes);
        return ImageRecords.of(new ExplanationRequested(request, modelId, null, Instant.now()), "inference");
    }

    private static ImageBatch batch(int image, ColourStatistics colours) throws UndecodableImageException {
        return ImageBatch.of(List.of(decoded(image(image))), List.of(colours));
    }

    private static RgbImage decoded(byte[] image) throws UndecodableImageException {
        return new ImageDecoder(1000).decode(image).image();
    }

    private static byte[] image(int seed) {
        Random random = new Random(seed);
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

    private static float[] map(Attribution attribution) {
        byte[] bytes = Base64.getDecoder().decode(attribution.map());
        float[] map = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(map);
        return map;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
