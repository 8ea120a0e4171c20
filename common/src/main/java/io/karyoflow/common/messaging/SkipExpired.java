package io.karyoflow.common.messaging;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a consumer go on where its group's offset is not in the topic: at the first record that is there, or where the log
 * was cut off. Kafka's own reset does the same without a word; but records that were deleted before anybody took them are a
 * loss that somebody must hear of, once.
 */
final class SkipExpired {
    private static final Logger LOG = LoggerFactory.getLogger(SkipExpired.class);

    private final Consumer<?, ?> consumer;

    SkipExpired(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /**
     * Commits where it goes on, so that the same loss is met once.
     *
     * @return how many records were deleted before the group came to them, at most: transactions leave marks among them
     */
    long goOnAfter(InvalidOffsetException missing) {
        Map<TopicPartition, Long> wanted =
                missing instanceof OffsetOutOfRangeException gone ? gone.offsetOutOfRangePartitions() : Map.of();
        Map<TopicPartition, OffsetAndMetadata> cutOff =
                missing instanceof LogTruncationException truncated ? truncated.divergentOffsets() : Map.of();
        seek(missing.partitions(), cutOff);
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        long expired = 0;
        for (TopicPartition partition : missing.partitions()) {
            long position = consumer.position(partition);
            next.put(partition, new OffsetAndMetadata(position));
            if (cutOff.containsKey(partition)) {
                LOG.error(
                        "{}: Kafka has lost what came after offset {}, and with it records that nobody may have taken; going on"
                                + " there",
                        partition,
                        position);
            } else {
                expired += expired(partition, wanted.get(partition), position);
            }
        }
        consumer.commitSync(next);
        return expired;
    }

    /** All of them before anything is asked: the client looks for the positions of all partitions at a time. */
    private void seek(Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> cutOff) {
        cutOff.forEach(consumer::seek);
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(cutOff.keySet());
        if (!others.isEmpty()) { // which to the client would mean all that it has
            // not beginningOffsets, from which the client would also conclude that nothing waits
            consumer.seekToBeginning(others);
        }
    }

    /** @param wanted the offset that came next, null if there is none */
    private static long expired(TopicPartition partition, Long wanted, long begin) {
        if (wanted == null) {
            if (begin > 0) {
                LOG.warn(
                        "{}: nothing was taken yet, or so long ago that Kafka has forgotten it; beginning at offset {}, what came"
                                + " before is deleted",
                        partition,
                        begin);
            }
            return 0;
        }
        if (wanted > begin) {
            LOG.error(
                    "{}: offset {} comes next, but is not in the topic: it was made anew or has lost records."
                            + " Going on at its beginning, offset {}; answers may come twice",
                    partition,
                    wanted,
                    begin);
            return 0;
        }
        LOG.error(
                "{}: up to {} records were deleted before they were taken, as they waited for longer than the topic keeps them;"
                        + " going on at offset {}. If they may wait so long, raise the topic's retention.ms",
                partition,
                begin - wanted,
                begin);
        return begin - wanted;
    }
}
