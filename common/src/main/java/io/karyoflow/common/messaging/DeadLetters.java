package io.karyoflow.common.messaging;

import io.karyoflow.common.message.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** A record that cannot be used, untouched, with headers that say why and where it stood. */
public final class DeadLetters {
    public static final String REASON = "dead-letter-reason";
    public static final String ORIGIN = "dead-letter-origin";

    private DeadLetters() {}

    /** @param origin the service that could not use it */
    public static <K, V> ProducerRecord<K, V> of(ConsumerRecord<K, V> record, String reason, String origin) {
        Headers headers = new RecordHeaders(record.headers());
        put(headers, REASON, reason);
        put(headers, ORIGIN, origin);
        put(headers, "dead-letter-topic", record.topic());
        put(headers, "dead-letter-partition", Integer.toString(record.partition()));
        put(headers, "dead-letter-offset", Long.toString(record.offset()));
        return new ProducerRecord<>(Topics.deadLetter(record.topic()), null, record.key(), record.value(), headers);
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, (value == null ? "unknown" : value).getBytes(StandardCharsets.UTF_8));
    }
}
