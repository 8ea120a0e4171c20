package io.karyoflow.trainer.messaging;

import static org.awaitility.Awaitility.await;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.TrialStopRequested;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.messaging.TestTopics;
import io.karyoflow.trainer.TinyNuclei;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jdbi.v3.core.Jdbi;

/** Does to the real Kafka and PostgreSQL what ingest and tuner do, and reads what the trainer answers. */
@Singleton
public class Laboratory {
    static final int IMAGES = 90;
    static final String STUDY = "study";

    private final KafkaConnection connection;
    private final Jdbi jdbi;

    Laboratory(KafkaConnection connection, DataSource dataSource) {
        this.connection = connection;
        this.jdbi = Jdbi.create(dataSource);
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** As ingest does: with another data set's images between. */
    DatasetRegistered publishDataset() {
        String id = "dataset-" + UUID.randomUUID();
        Map<Integer, OffsetRange> ranges = new TreeMap<>();
        try (KafkaProducer<String, byte[]> producer = producer(connection.settings())) {
            for (LabelledImage image : TinyNuclei.images(id, IMAGES, 16)) {
                producer.send(ImageRecords.of(TinyNuclei.image("other", 7, 16, 16), "test"));
                RecordMetadata sent =
                        producer.send(ImageRecords.of(image, "test")).get();
                ranges.merge(
                        sent.partition(),
                        new OffsetRange(sent.partition(), sent.offset(), sent.offset() + 1),
                        (range, more) -> new OffsetRange(range.partition(), range.from(), more.to()));
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        jdbi.useHandle(handle -> {
            handle.execute("INSERT INTO dataset (id, name, state, request) VALUES (?, 'tiny', 'REGISTERED', '{}')", id);
            handle.execute(
                    "INSERT INTO study (id, name, state, specification, dataset_id) VALUES (?, 'study', 'RUNNING', '{}', ?)"
                            + " ON CONFLICT (id) DO NOTHING",
                    STUDY,
                    id);
        });
        return TinyNuclei.registration(id, IMAGES, List.copyOf(ranges.values()));
    }

    TrialRequested trial(DatasetRegistered dataset, int attempt, int epochs) {
        Hyperparameters hyperparameters = Hyperparameters.of(
                Map.of("inputSize", 16, "width", 8, "batchSize", 10, "learningRate", 0.004, "dropout", 0.1));
        TrialRequested request = new TrialRequested(
                "trial-" + UUID.randomUUID(),
                attempt,
                STUDY,
                Architecture.CONVNET,
                hyperparameters,
                epochs,
                5,
                dataset,
                0);
        jdbi.useHandle(handle -> handle.createUpdate(
                        """
                        INSERT INTO trial (id, study_id, number, state, attempt, hyperparameters, epochs, seed, request)
                        SELECT :id, :study, 1 + count(*), 'QUEUED', :attempt, '{}', :epochs, 5, '{}' FROM trial""")
                .bind("id", request.trialId())
                .bind("study", STUDY)
                .bind("attempt", attempt)
                .bind("epochs", epochs)
                .execute());
        return request;
    }

    void send(TrialRequested request) {
        send(Topics.TRIAL_REQUESTS, request.trialId(), MessageJson.write(request));
    }

    void sendStop(TrialRequested request) {
        send(
                Topics.TRIAL_STOPS,
                request.trialId(),
                MessageJson.write(new TrialStopRequested(STUDY, request.trialId(), "test")));
    }

    /** To the topic of another broker than that of everything else. */
    void sendTo(String bootstrapServers, TrialRequested request) {
        send(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                Topics.TRIAL_REQUESTS,
                request.trialId(),
                MessageJson.write(request));
    }

    void send(String topic, String key, byte[] value) {
        send(connection.settings(), topic, key, value);
    }

    private static void send(Map<String, Object> settings, String topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = producer(settings)) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until an event of the trial fits, and gives all of them up to now. */
    List<TrialEvent> awaitEvent(TrialRequested request, Predicate<TrialEvent> fits) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> events(request), events -> events.stream().anyMatch(fits));
    }

    List<TrialEvent> events(TrialRequested request) {
        List<TrialEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : allOf(Topics.TRIAL_EVENTS)) {
            if (request.trialId().equals(record.key())) {
                events.add(MessageJson.read(record.value(), TrialEvent.class));
            }
        }
        return events;
    }

    List<ConsumerRecord<String, byte[]>> allOf(String topic) {
        return TestTopics.read(connection.settings().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG), topic);
    }

    private static KafkaProducer<String, byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }
}
