package io.karyoflow.common.messaging;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How many records wait. To be called on the consumer's thread. */
final class QueueLag {
    private QueueLag() {}

    /** In the partitions that are assigned to this consumer, as it knows from its last fetch: asks nobody. */
    static long assigned(Consumer<?, ?> consumer) {
        return consumer.assignment().stream()
                .map(consumer::currentLag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
    }

    /**
     * Whether this consumer is a member of its group and none waits in its partitions; false as long as it has not fetched
     * from one of them. Asks nobody.
     */
    static boolean isKnownToBeNone(Consumer<?, ?> consumer) {
        return consumer.groupMetadata().generationId() >= 0
                && consumer.assignment().stream()
                        .map(consumer::currentLag)
                        .allMatch(lag -> lag.equals(OptionalLong.of(0)));
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
