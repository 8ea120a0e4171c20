package io.karyoflow.trainer.messaging;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.trainer.data.ImageSource;
import io.karyoflow.trainer.data.UnusableDatasetException;
import io.karyoflow.trainer.trial.OutageException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a data set from its offset ranges on {@code images}; belongs to no group, so trainers do not share it out. */
@Singleton
public class KafkaImageSource implements ImageSource {
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaConnection connection;

    KafkaImageSource(KafkaConnection connection) {
        this.connection = connection;
    }

    @Override
    public void read(DatasetRegistered dataset, ImageReader reader, Runnable stillWanted) throws IOException {
        Map<TopicPartition, OffsetRange> ranges = new HashMap<>();
        dataset.ranges().forEach(range -> ranges.put(new TopicPartition(Topics.IMAGES, range.partition()), range));
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            checkAllThere(dataset, ranges, consumer);
            consumer.assign(ranges.keySet());
            ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
            Set<TopicPartition> unread = new HashSet<>(ranges.keySet());
            while (!unread.isEmpty()) {
                stillWanted.run();
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    OffsetRange range = ranges.get(new TopicPartition(record.topic(), record.partition()));
                    if (record.offset() < range.to() && belongsTo(dataset, record)) {
                        reader.accept(ImageRecords.labelledImage(record));
                    }
                }
                // the position, not the last record: marks of transactions take offsets, too
                unread.removeIf(partition ->
                        consumer.position(partition) >= ranges.get(partition).to());
                consumer.pause(ranges.keySet().stream()
                        .filter(partition -> !unread.contains(partition))
                        .toList());
            }
        } catch (OffsetOutOfRangeException e) {
            throw gone(dataset, e.getMessage());
        } catch (RetriableException e) {
            throw new OutageException("cannot read the images of data set " + dataset.datasetId(), e);
        } catch (UnreadableMessageException e) {
            throw new UnusableDatasetException(
                    "an image of data set " + dataset.datasetId() + " is unreadable: " + e.getMessage(), e);
        }
    }

    /**
     * A topic that ends before the data set, or has fewer partitions, was made anew since: what is not there will never
     * come. Partitions are looked at first, since Kafka's client waits for the end of one that does not exist.
     */
    private static void checkAllThere(
            DatasetRegistered dataset,
            Map<TopicPartition, OffsetRange> ranges,
            KafkaConsumer<String, byte[]> consumer) {
        Set<Integer> partitions = consumer.partitionsFor(Topics.IMAGES).stream()
                .map(PartitionInfo::partition)
                .collect(Collectors.toSet());
        for (OffsetRange range : dataset.ranges()) {
            if (!partitions.contains(range.partition())) {
                throw gone(dataset, "it has no partition " + range.partition());
            }
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(ranges.keySet());
        ranges.forEach((partition, range) -> {
            if (ends.get(partition) < range.to()) {
                throw gone(
                        dataset,
                        partition + " ends at offset " + ends.get(partition) + ", the data set at " + range.to());
            }
        });
    }

    private static UnusableDatasetException gone(DatasetRegistered dataset, String how) {
        return new UnusableDatasetException("images of data set " + dataset.datasetId() + " are no longer on the topic "
                + Topics.IMAGES + " (" + how + "); keep that topic for ever, and import the data set again");
    }

    private static boolean belongsTo(DatasetRegistered dataset, ConsumerRecord<String, byte[]> record) {
        return ImageRecords.dataset(record).filter(dataset.datasetId()::equals).isPresent();
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> settings = connection.settings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, CreateTopics.MAX_MESSAGE_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 2 * CreateTopics.MAX_MESSAGE_BYTES);
        try {
            return new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) { // a broker that is down often has no address, either
            throw new OutageException("cannot connect to Kafka", e);
        }
    }
}
