package io.karyoflow.trainer.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request that the share group has given to this worker, for as long as the hold on it is renewed in time. */
final class HeldRequest {
    private static final Logger LOG = LoggerFactory.getLogger(HeldRequest.class);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    private final ShareConsumer<String, byte[]> consumer;
    private ConsumerRecord<String, byte[]> record;
    private boolean lost;

    HeldRequest(ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record) {
        this.consumer = consumer;
        this.record = record;
    }

    ConsumerRecord<String, byte[]> record() {
        return record;
    }

    /** A third of the time after which the broker would give the request to another. */
    Duration renewalInterval() {
        Duration third = consumer.acquisitionLockTimeoutMs()
                .map(lock -> Duration.ofMillis(lock / 3))
                .orElse(LONGEST_INTERVAL);
        return third.compareTo(LONGEST_INTERVAL) < 0 ? third : LONGEST_INTERVAL;
    }

    /**
     * Holds the request anew. The renewal must be committed before polling: a poll that carries it along would bring
     * further requests, which then nobody works on. Whatever goes wrong, the hold is lost and nothing is thrown: the trial
     * goes on.
     */
    void renew() {
        if (lost || !acknowledge(AcknowledgeType.RENEW)) {
            return;
        }
        try {
            takeBack();
        } catch (KafkaException | IllegalStateException e) {
            lose("poll: " + e.getMessage());
        }
    }

    private void takeBack() {
        ConsumerRecord<String, byte[]> renewed = null;
        for (ConsumerRecord<String, byte[]> polled : consumer.poll(Duration.ofSeconds(1))) {
            if (polled.offset() == record.offset() && polled.partition() == record.partition()) {
                renewed = polled;
            } else {
                consumer.acknowledge(polled, AcknowledgeType.RELEASE);
            }
        }
        if (renewed == null) {
            lose("the broker did not return it");
        } else {
            record = renewed;
        }
    }

    /**
     * Whether the request is another's to take by now. The consumer is then of no more use: it waits for the renewed request,
     * for ever if the broker was started anew, and asks for no other until it has come.
     */
    boolean isLost() {
        return lost;
    }

    /** Done with it for good. */
    void accept() {
        if (!lost) {
            acknowledge(AcknowledgeType.ACCEPT);
        }
    }

    /** Another worker shall take it, at once. */
    void release() {
        if (!lost) {
            acknowledge(AcknowledgeType.RELEASE);
        }
    }

    private boolean acknowledge(AcknowledgeType type) {
        try {
            consumer.acknowledge(record, type);
            Map<TopicIdPartition, Optional<KafkaException>> results = consumer.commitSync();
            Optional<KafkaException> error =
                    results.values().stream().flatMap(Optional::stream).findFirst();
            error.ifPresent(e -> lose(type + ": " + e.getMessage()));
            return error.isEmpty();
        } catch (KafkaException | IllegalStateException e) {
            lose(type + ": " + e.getMessage());
            return false;
        }
    }

    private void lose(String why) {
        lost = true;
        LOG.warn("lost the hold on the request at offset {} of {} ({})", record.offset(), record.topic(), why);
    }
}
