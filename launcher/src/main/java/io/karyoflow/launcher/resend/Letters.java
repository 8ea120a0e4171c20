package io.karyoflow.launcher.resend;

import io.karyoflow.launcher.progress.JobFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What is in a topic of dead letters at one moment, to be read as often as one likes: all of it each time, or else it fails,
 * as a note that was passed over would have its letter sent twice. A member of no group: nothing is left behind.
 */
final class Letters implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String topic;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> beginnings;
    private final Map<TopicPartition, Long> ends;

    private Letters(
            String topic,
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends) {
        this.topic = topic;
        this.consumer = consumer;
        this.beginnings = beginnings;
        this.ends = ends;
        consumer.assign(ends.keySet());
    }

    /**
     * Its end lies also behind transactions that are still open: a note that is committed may be there, which a reader of
     * committed records sees only when those have ended.
     */
    static Letters untilNow(Map<String, Object> connection, String topic) {
        try (KafkaConsumer<byte[], byte[]> uncommitted = consumer(connection, "read_uncommitted")) {
            List<PartitionInfo> partitions = uncommitted.listTopics().get(topic);
            if (partitions == null) {
                throw new JobFailure("Kafka at " + connection.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)
                        + " has no topic " + topic + "; is it the one that Karyoflow's services use?");
            }
            List<TopicPartition> all = partitions.stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            Map<TopicPartition, Long> beginnings = uncommitted.beginningOffsets(all);
            Map<TopicPartition, Long> ends = uncommitted.endOffsets(all);
            return new Letters(topic, consumer(connection, "read_committed"), beginnings, ends);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> connection, String isolation) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Gives {@code use} everything from the beginning, a few records at a time.
     *
     * @throws JobFailure if some of it is not there any more, or does not come
     */
    void read(Consumer<List<ConsumerRecord<byte[], byte[]>>> use) {
        beginnings.forEach(consumer::seek);
        Instant limit = Instant.now().plus(PATIENCE);
        while (ends.keySet().stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                if (record.offset() < ends.get(new TopicPartition(record.topic(), record.partition()))) {
                    records.add(record);
                }
            }
            if (!records.isEmpty()) {
                use.accept(records);
                limit = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(limit)) {
                throw new JobFailure(
                        "nothing came of " + topic + " for " + PATIENCE.toMinutes()
                                + " minutes: Kafka does not answer, or somebody's transaction is still open; try it again later");
            }
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            throw new JobFailure(
                    "records of " + topic
                            + " were deleted while they were read; run it again: what was sent is not sent twice",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
