package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.ingest.scanner.FindPublishedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Reads {@code prediction-requests} from a time on to its end as it is now. */
@ApplicationScoped
class KafkaRequestLookup implements FindPublishedRequests {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaClients clients;

    KafkaRequestLookup(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public Set<String> among(Set<String> ids, Instant since) {
        Set<String> found = new HashSet<>();
        // reads uncommitted records too: ours are in no transaction, and others' open ones must not hide them
        try (Consumer<String, byte[]> consumer = clients.consumer()) {
            Map<TopicPartition, Long> ends = seek(consumer, Math.max(0, since.toEpochMilli()));
            while (found.size() < ids.size() && isBefore(ends, consumer)) {
                consumer.poll(POLL).forEach(record -> {
                    if (ids.contains(record.key())) {
                        found.add(record.key());
                    }
                });
            }
        }
        return found;
    }

    /** @return where the partitions end; one without such records is read no further */
    private static Map<TopicPartition, Long> seek(Consumer<String, byte[]> consumer, long sinceMillis) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.PREDICTION_REQUESTS).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, sinceMillis));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        consumer.offsetsForTimes(times)
                .forEach((partition, start) ->
                        consumer.seek(partition, start == null ? ends.get(partition) : start.offset()));
        return ends;
    }

    private static boolean isBefore(Map<TopicPartition, Long> ends, Consumer<String, byte[]> consumer) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
