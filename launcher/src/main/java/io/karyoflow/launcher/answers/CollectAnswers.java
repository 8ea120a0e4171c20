package io.karyoflow.launcher.answers;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.SentAgain;
import io.karyoflow.launcher.progress.JobFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads predictions, attributions and dead letters from the beginning of their topics, as any other reader of committed
 * records would, in a thread of its own.
 */
public final class CollectAnswers implements Answers, AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final Map<String, Prediction> predictions = new ConcurrentHashMap<>();
    private final Map<String, Prediction> predictionsByFilename = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Attribution>> attributions = new ConcurrentHashMap<>();
    private final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
    private final AtomicInteger repeatedPredictions = new AtomicInteger();
    private volatile RuntimeException failure;

    public CollectAnswers(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.listTopics().values().stream()
                .flatMap(Collection::stream)
                .filter(partition -> partition.topic().equals(Topics.PREDICTIONS)
                        || partition.topic().equals(Topics.ATTRIBUTIONS)
                        || isDeadLetter(partition.topic()))
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        thread = new Thread(this::read, "answers");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isDeadLetter(String topic) {
        return topic.endsWith(Topics.deadLetter(""));
    }

    private void read() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            // closed
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            consumer.close();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (isDeadLetter(record.topic())) {
            if (SentAgain.noted(record).isPresent()) {
                return;
            }
            deadLetters.add(new DeadLetter(
                    record.topic(),
                    record.key(),
                    CloudEventHeaders.get(record.headers(), "filename").orElse(null),
                    header(record, DeadLetters.REASON),
                    header(record, DeadLetters.ORIGIN)));
        } else if (record.topic().equals(Topics.PREDICTIONS)) {
            Prediction prediction = MessageJson.read(record.value(), Prediction.class);
            if (predictions.put(prediction.requestId(), prediction) != null) {
                repeatedPredictions.incrementAndGet();
            }
            if (prediction.filename() != null) {
                predictionsByFilename.putIfAbsent(prediction.filename(), prediction);
            }
        } else {
            Attribution attribution = MessageJson.read(record.value(), Attribution.class);
            attributions
                    .computeIfAbsent(attribution.requestId(), id -> new ConcurrentHashMap<>())
                    .put(attribution.method(), attribution);
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "unknown" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Prediction> predictionOf(String filename) {
        return Optional.ofNullable(current(predictionsByFilename).get(filename));
    }

    @Override
    public Optional<Prediction> prediction(String requestId) {
        return Optional.ofNullable(current(predictions).get(requestId));
    }

    @Override
    public Map<String, Attribution> attributions(String requestId) {
        return current(attributions).getOrDefault(requestId, Map.of());
    }

    public int predictionCount() {
        return current(predictions).size();
    }

    private int attributionCount() {
        return current(attributions).values().stream().mapToInt(Map::size).sum();
    }

    /** How often a request got a further answer. */
    public int repeatedPredictions() {
        return repeatedPredictions.get();
    }

    @Override
    public AnswerTotals totals() {
        return new AnswerTotals(predictionCount(), repeatedPredictions(), attributionCount(), deadLetters());
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return List.copyOf(current(deadLetters));
    }

    private <T> T current(T answers) {
        if (failure != null) {
            throw new JobFailure("reading answers from Kafka failed: " + failure.getMessage(), failure);
        }
        return answers;
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
