package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.RandomPng;
import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What the tests of the whole service have in common: models that serve, images, requests and what became of them. The
 * topics outlive the test class, so all is read by the keys of what the test itself has sent.
 */
final class PredictionScenario {
    /** Numbers of images count modulo this. */
    static final int DIFFERENT_IMAGES = 10;

    private final TestTopics topics;
    private final DataSource dataSource;
    private final ServedModels<OpenClassifier> models;

    PredictionScenario(TestTopics topics, DataSource dataSource, ServedModels<OpenClassifier> models) {
        this.topics = topics;
        this.dataSource = dataSource;
        this.models = models;
    }

    void promote(ModelBundle bundle) throws ExecutionException, InterruptedException {
        promoteWithoutWaiting(bundle);
        await().atMost(Duration.ofMinutes(1)).until(() -> models.currentId().equals(Optional.of(bundle.id())));
    }

    void promoteWithoutWaiting(ModelBundle bundle) throws ExecutionException, InterruptedException {
        new ModelStore(dataSource).save(bundle);
        ModelPromoted promotion =
                new ModelPromoted("default", bundle.id(), bundle.sha256(), "study", "trial", Instant.now());
        topics.send(List.of(new ProducerRecord<>(Topics.MODELS, "default", MessageJson.write(promotion))));
    }

    /** @return the requests' ids, which end in the numbers of their images */
    List<String> send(String prefix, int count) throws ExecutionException, InterruptedException {
        List<String> ids =
                IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
        topics.send(
                IntStream.range(0, count).mapToObj(i -> request(ids.get(i), i)).toList());
        return ids;
    }

    static ProducerRecord<String, byte[]> request(String id, int image) {
        return ImageRecords.of(
                new PredictionRequest(id, id + ".png", null, null, null, null, List.of(), "image/png", image(image)),
                "test");
    }

    /** Waits until each is answered; each must be answered once. */
    Map<String, Prediction> predictions(List<String> ids) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(answered()).containsAll(ids));
        return read(Topics.PREDICTIONS, ids).stream()
                .collect(Collectors.toMap(
                        ConsumerRecord::key, record -> MessageJson.read(record.value(), Prediction.class)));
    }

    /** A request's id for each answer that was ever given. */
    List<String> answered() {
        return topics.read(Topics.PREDICTIONS).stream().map(ConsumerRecord::key).toList();
    }

    /** Waits until each of the keys, of which one may be null, has a dead letter; each must have one only. */
    List<ConsumerRecord<String, byte[]>> deadLetters(String topic, String... keys) {
        String deadLetters = Topics.deadLetter(topic);
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(read(deadLetters, Arrays.asList(keys)))
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrder(keys));
        return read(deadLetters, Arrays.asList(keys));
    }

    /** What the topic has for these keys at this moment. */
    List<ConsumerRecord<String, byte[]>> read(String topic, Collection<String> keys) {
        Set<String> wanted = new HashSet<>(keys); // unlike Set.of(...) it may be asked for null
        return topics.read(topic).stream()
                .filter(record -> wanted.contains(record.key()))
                .toList();
    }

    static void assertProbabilities(Prediction prediction, float[] expected) {
        for (int label = 0; label < expected.length; label++) {
            assertThat(prediction.probabilities().get(label).probability())
                    .as("%s, class %d", prediction.requestId(), label)
                    .isCloseTo(expected[label], within(1e-5));
        }
    }

    static float[] probabilities(ServedModel model, int image, ColourStatistics colours)
            throws UndecodableImageException {
        return model.classify(ImageBatch.of(List.of(decoded(image)), List.of(colours)))
                .probabilities()[0];
    }

    static RgbImage decoded(int image) throws UndecodableImageException {
        return new ImageDecoder(1000).decode(image(image)).image();
    }

    static byte[] image(int number) {
        return RandomPng.image(number % DIFFERENT_IMAGES);
    }
}
