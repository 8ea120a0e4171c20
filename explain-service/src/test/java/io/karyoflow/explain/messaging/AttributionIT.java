package io.karyoflow.explain.messaging;

import static io.karyoflow.common.image.RandomPng.image;
import static io.karyoflow.common.messaging.TestTopics.header;
import static io.karyoflow.explain.messaging.AttributionScenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
 * What the whole service explains, on a real Kafka and a real PostgreSQL; an application of its own, as it begins
 * without a model, and one life of it, so the order counts.
 */
@QuarkusTest
@QuarkusTestResource(value = InfrastructureTestResource.class, restrictToAnnotatedClass = true)
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
    MeterRegistry registry;

    @Inject
    @Readiness
    ServingReadiness readiness;

    private TestTopics topics;
    private AttributionScenario scenario;

    @BeforeEach
    void connect() {
        topics = new TestTopics(connection);
        scenario = new AttributionScenario(topics, dataSource, models);
    }

    @AfterEach
    void noRequestOfTheWholeRunWasExplainedTwiceByOneMethod() {
        scenario.assertThatNoMethodExplainedARequestTwice();
        topics.close();
    }

    @Test
    @Order(1)
    void aRequestIsExplainedByTheModelThatItNamesPromotedOrNot() throws Exception {
        long computedBefore = count("karyoflow.explain.compute", "occlusion");
        long timedBefore = count("karyoflow.explain.request.latency", "saliency");
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(readiness.call().getData().orElseThrow()).containsEntry("model", "no model promoted yet");
        scenario.store(B);

        scenario.send(request("early", 1, B, ALL_METHODS));

        assertThat(scenario.attributionsOf(List.of("early"), 3))
                .allSatisfy(attribution -> assertThat(attribution.modelId()).isEqualTo(B.id()))
                .extracting(Attribution::method)
                .containsExactlyInAnyOrder(ALL_METHODS);
        scenario.promote(A);
        assertThat(readiness.call().getData().orElseThrow()).containsEntry("model", A.id());
        // counted after the commit, which others may see first
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(count("karyoflow.explain.compute", "occlusion")).isEqualTo(computedBefore + 1);
            assertThat(count("karyoflow.explain.request.latency", "saliency")).isEqualTo(timedBefore + 1);
        });
    }

    @Test
    @Order(2)
    void theMapIsThatOfTheModelAndThePictureThatOfTheImage(@TempDir Path folder) throws Exception {
        scenario.send(request("checked", 7, A, "saliency"));

        Attribution attribution =
                scenario.attributionsOf(List.of("checked"), 1).iterator().next();

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
        double refusedBefore = refused();
        byte[] noImage = "this is no image".getBytes(StandardCharsets.UTF_8);
        List<String> good = IntStream.range(0, 20).mapToObj(i -> "good-" + i).toList();
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        good.forEach(id -> records.add(request(id, id.hashCode(), A, "saliency", "occlusion")));
        records.add(5, request("unknown-method", 1, A, "saliency", "tea-leaves"));
        records.add(10, request("undecodable", noImage, "some-model", "saliency", "occlusion"));
        records.add(15, request("unknown-model", image(2), "no-such-model", "saliency"));

        topics.send(records);

        assertThat(scenario.attributionsOf(good, 40))
                .extracting(Attribution::modelId)
                .containsOnly(A.id());
        assertThat(scenario.attributionsOf(List.of("unknown-method"), 1))
                .as("by the method that is known")
                .hasSize(1);
        List<ConsumerRecord<String, byte[]>> dead =
                scenario.deadLetters(Topics.EXPLANATION_REQUESTS, "unknown-method", "undecodable", "unknown-model");
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
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(refused()).isEqualTo(refusedBefore + 3));
    }

    @Test
    @Order(4)
    void anImageOfASlideIsSeenByTheColoursThatTheRequestNamesOrByItsOwn(@TempDir Path folder) throws Exception {
        ModelBundle ofSlides = TinyModel.bundleOfSlides("c");
        scenario.store(ofSlides);
        ColourStatistics colours = new ColourStatistics(new float[] {0.1f, 0.9f, 0.4f}, new float[] {0.3f, 0.3f, 0.3f});

        scenario.send(request("colours-named", image(7), ofSlides.id(), colours, "saliency"));
        scenario.send(request("colours-not-named", image(7), ofSlides.id(), "saliency"));

        try (DjlModel model = DjlModel.open(ofSlides, folder, 1)) {
            assertScore("colours-named", model.classify(batch(7, colours)).logits()[0]);
            ColourStatistics own = ColourStatistics.of(decoded(image(7)));
            assertScore("colours-not-named", model.classify(batch(7, own)).logits()[0]);
        }
    }

    @Test
    @Order(5)
    void aPromotionThatCannotBeFollowedIsCountedAsADeadLetter() throws Exception {
        double refusedBefore = refused();

        topics.send(List.of(
                new ProducerRecord<>(Topics.MODELS, "default", "no promotion".getBytes(StandardCharsets.UTF_8))));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(refused()).isEqualTo(refusedBefore + 1));
    }

    private void assertScore(String requestId, float[] logits) {
        Attribution attribution =
                scenario.attributionsOf(List.of(requestId), 1).iterator().next();
        assertThat(attribution.score()).isCloseTo(logits[attribution.targetClass()], within(1e-4));
    }

    private static ImageBatch batch(int image, ColourStatistics colours) throws UndecodableImageException {
        return ImageBatch.of(List.of(decoded(image(image))), List.of(colours));
    }

    private static RgbImage decoded(byte[] image) throws UndecodableImageException {
        return new ImageDecoder(1000).decode(image).image();
    }

    private static float[] map(Attribution attribution) {
        byte[] bytes = Base64.getDecoder().decode(attribution.map());
        float[] map = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(map);
        return map;
    }

    /** 0 before the first: the timers of a method are made then. */
    private long count(String timer, String method) {
        Timer ofMethod = registry.find(timer).tag("method", method).timer();
        return ofMethod == null ? 0 : ofMethod.count();
    }

    private double refused() {
        return registry.get("karyoflow.explain.dead.letters").counter().count();
    }
}
