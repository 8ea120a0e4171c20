package io.karyoflow.explain.messaging;

import static io.karyoflow.common.image.RandomPng.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the tests of the whole service have in common: models, images, requests and what became of them. The topics
 * outlive the test class, so all is read by the keys of what the test itself has sent.
 */
final class AttributionScenario {
    private final TestTopics topics;
    private final DataSource dataSource;
    private final ServedModels<ServedModel> models;

    AttributionScenario(TestTopics topics, DataSource dataSource, ServedModels<ServedModel> models) {
        this.topics = topics;
        this.dataSource = dataSource;
        this.models = models;
    }

    /** It can be asked for then, and serves nobody who does not name it. */
    void store(ModelBundle bundle) {
        new ModelStore(dataSource).save(bundle);
    }

    void promote(ModelBundle bundle) throws ExecutionException, InterruptedException {
        promoteWithoutWaiting(bundle);
        await().atMost(Duration.ofMinutes(1)).until(() -> models.currentId().equals(Optional.of(bundle.id())));
    }

    void promoteWithoutWaiting(ModelBundle bundle) throws ExecutionException, InterruptedException {
        store(bundle);
        ModelPromoted promotion =
                new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", Instant.now());
        send(new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(promotion)));
    }

    void send(ProducerRecord<String, byte[]> record) throws ExecutionException, InterruptedException {
        topics.send(List.of(record));
    }

    static ProducerRecord<String, byte[]> request(String id, int image, ModelBundle model, String... methods) {
        return request(id, image(image), model.id(), methods);
    }

    static ProducerRecord<String, byte[]> request(String id, byte[] bytes, String modelId, String... methods) {
        return request(id, bytes, modelId, null, methods);
    }

    static ProducerRecord<String, byte[]> request(
            String id, byte[] bytes, String modelId, ColourStatistics colours, String... methods) {
        PredictionRequest request =
                new PredictionRequest(id, id + ".png", null, null, null, colours, List.of(methods), "image/png", bytes);
        return ImageRecords.of(new ExplanationRequested(request, modelId, null, Instant.now()), "inference");
    }

    /** Waits until the requests have so many attributions in all. */
    List<Attribution> attributionsOf(List<String> requestIds, int count) {
        Set<String> wanted = Set.copyOf(requestIds);
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> attributions().stream()
                                .filter(attribution -> wanted.contains(attribution.requestId()))
                                .toList(),
                        found -> found.size() >= count);
    }

    /** All that were ever made. */
    List<Attribution> attributions() {
        return topics.read(Topics.ATTRIBUTIONS).stream()
                .map(record -> MessageJson.read(record.value(), Attribution.class))
                .toList();
    }

    void assertThatNoMethodExplainedARequestTwice() {
        assertThat(attributions())
                .extracting(attribution -> attribution.requestId() + " " + attribution.method())
                .doesNotHaveDuplicates();
    }

    /** Waits until each of the keys has a dead letter; each must have one only. */
    List<ConsumerRecord<String, byte[]>> deadLetters(String topic, String... keys) {
        List<String> wanted = Arrays.asList(keys);
        List<ConsumerRecord<String, byte[]>> dead = await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> topics.read(Topics.deadLetter(topic)).stream()
                                .filter(record -> wanted.contains(record.key()))
                                .toList(),
                        found -> found.size() >= keys.length);
        assertThat(dead).extracting(ConsumerRecord::key).containsExactlyInAnyOrder(keys);
        return dead;
    }
}
