package io.karyoflow.common.messaging;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Takes records and commits what they led to together with their offsets, in one transaction. There is no half way: when
 * anything here throws, close this and open another. The group's committed offsets then say where to go on, what was
 * sent is aborted, and nobody who reads committed records sees an answer twice or misses one.
 */
final class ExactlyOnce implements AutoCloseable {
    private static final Duration TIME_TO_ABORT = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final Producer<String, byte[]> producer;

    /** Closes the producer when it is closed; the consumer is the caller's to close afterwards. */
    ExactlyOnce(Consumer<String, byte[]> consumer, Producer<String, byte[]> producer) {
        this.consumer = consumer;
        this.producer = producer;
    }

    /** Joins the group, once transactions that the same transactional id has left open are aborted. */
    void join(String topic) {
        producer.initTransactions();
        consumer.subscribe(List.of(topic));
    }

    ConsumerRecords<String, byte[]> poll(Duration wait) {
        return consumer.poll(wait);
    }

    /** Returns when the results and the offsets after {@code taken} are committed; throws if neither is. */
    void commit(ConsumerRecords<String, byte[]> taken, List<ProducerRecord<String, byte[]>> results) {
        if (results.isEmpty()) {
            // no transaction is needed, and this is several times as fast; synchronous, lest it overtake a later one
            consumer.commitSync(taken.nextOffsets());
            return;
        }
        producer.beginTransaction();
        results.forEach(producer::send); // what fails in there is thrown by the commit
        // says which member of the group took them: if they belong to another by now, this throws
        producer.sendOffsetsToTransaction(taken.nextOffsets(), consumer.groupMetadata());
        producer.commitTransaction();
    }

    /** Aborts what is not committed. */
    @Override
    public void close() {
        producer.close(TIME_TO_ABORT);
    }
}
