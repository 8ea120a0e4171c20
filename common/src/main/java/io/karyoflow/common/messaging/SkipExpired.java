package io.karyoflow.common.messaging;

import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a consumer go on at the beginning of partitions where its group's offset is not in the topic. Kafka's own reset
 * does the same without a word; but records that were deleted before anybody took them are a loss that somebody must
 * hear of.
 */
final class SkipExpired {
    private static final Logger LOG = LoggerFactory.getLogger(SkipExpired.class);

    private final Consumer<?, ?> consumer;

    SkipExpired(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** @return how many records were deleted before the group came to them */
    long goOnAfter(InvalidOffsetException missing) {
        Map<TopicPartition, Long> wanted =
                missing instanceof OffsetOutOfRangeException gone ? gone.offsetOutOfRangePartitions() : Map.of();
        // not beginningOffsets, from which the client would also conclude that nothing waits
        consumer.seekToBeginning(missing.partitions());
        long expired = 0;
        for (TopicPartition partition : missing.partitions()) {
            long begin = consumer.position(partition);
            Long next = wanted.get(partition);
            if (next == null) {
                LOG.info("{}: nothing was taken yet, or long ago; beginning at offset {}", partition, begin);
            } else if (next < begin) {
                expired += begin - next;
                LOG.error(
                        "{}: {} records were deleted before they were taken, as they waited for longer than the topic keeps"
                                + " them; going on at offset {}. If they may wait so long, raise the topic's retention.ms",
                        partition,
                        begin - next,
                        begin);
            } else {
                LOG.error(
                        "{}: offset {} comes next, but is not in the topic: it was made anew or has lost records."
                                + " Going on at its beginning, offset {}; answers may come twice",
                        partition,
                        next,
                        begin);
            }
        }
        return expired;
    }
}
