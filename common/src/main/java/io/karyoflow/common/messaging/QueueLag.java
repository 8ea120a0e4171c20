package io.karyoflow.common.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** How many records wait. To be called on the consumer's thread. */
final class QueueLag {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private QueueLag() {}

    /**
     * In the partitions that are assigned to this consumer, as it knows from its last fetch; empty if it is no member of its
     * group, and as long as it has not fetched from one of them. Asks nobody.
     */
    static OptionalLong assigned(Consumer<?, ?> consumer) {
        List<OptionalLong> lags =
                consumer.assignment().stream().map(consumer::currentLag).toList();
        return consumer.groupMetadata().generationId() >= 0 && lags.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(
                        lags.stream().mapToLong(OptionalLong::getAsLong).sum())
                : OptionalLong.empty();
    }

    /**
     * In the partitions that are assigned to this consumer, with those that it has just taken; empty if the broker does not
     * say so at once, as of a partition that has no leader: what can be answered does not wait for a meter.
     */
    static OptionalLong withTaken(Consumer<?, ?> consumer, ConsumerRecords<?, ?> taken) {
        try {
            return OptionalLong.of(taken.count()
                    + consumer.endOffsets(consumer.assignment(), PATIENCE).entrySet().stream()
                            .mapToLong(end -> end.getValue() - consumer.position(end.getKey(), PATIENCE))
                            .sum());
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    /** In the whole topic for this consumer's group; for one that has not joined. Asks the broker. */
    static long ofGroup(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        return partitions.stream().collect(Collectors.summingLong(partition -> {
            OffsetAndMetadata next = committed.get(partition);
            long first = begin.get(partition);
            return end.get(partition) - (next == null ? first : Math.max(first, next.offset()));
        }));
    }
}
