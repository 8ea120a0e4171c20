package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.ingest.image.PublishingFailedException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/** Records in flight together, and what became of them. */
final class Sending {
    private final Producer<String, byte[]> producer;
    private final Map<Integer, OffsetRange> ranges = new TreeMap<>();
    private int acknowledged;
    private Exception failure;

    Sending(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /**
     * @throws PublishingFailedException if this or an earlier record was not acknowledged; then none is on its way any
     *     more, so that what was published can be looked up
     */
    void send(ProducerRecord<String, byte[]> record) {
        if (!hasFailed()) {
            try {
                producer.send(record, this::completed);
                return;
            } catch (KafkaException | IllegalStateException e) { // the latter if it is closed
                completed(null, e);
            }
        }
        awaitAll();
    }

    /** @throws PublishingFailedException if a record was not acknowledged */
    void awaitAll() {
        try {
            producer.flush();
        } catch (KafkaException | IllegalStateException e) {
            throw failed(e);
        }
        throwFailure();
    }

    synchronized int acknowledged() {
        return acknowledged;
    }

    /** One for each partition that holds some of the records; those of others may lie between. */
    synchronized List<OffsetRange> ranges() {
        return List.copyOf(ranges.values());
    }

    private synchronized void completed(RecordMetadata metadata, Exception exception) {
        if (exception != null) {
            failure = failure == null ? exception : failure;
            return;
        }
        acknowledged++;
        OffsetRange here = new OffsetRange(metadata.partition(), metadata.offset(), metadata.offset() + 1);
        ranges.merge(
                metadata.partition(),
                here,
                (a, b) -> new OffsetRange(a.partition(), Math.min(a.from(), b.from()), Math.max(a.to(), b.to())));
    }

    private synchronized boolean hasFailed() {
        return failure != null;
    }

    private synchronized void throwFailure() {
        if (failure != null) {
            throw failed(failure);
        }
    }

    private static PublishingFailedException failed(Exception cause) {
        return new PublishingFailedException(
                "Kafka did not acknowledge: " + cause.getMessage() + "; check that the broker runs and has room",
                cause);
    }
}
