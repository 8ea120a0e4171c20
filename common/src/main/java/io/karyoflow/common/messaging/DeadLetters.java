package io.karyoflow.common.messaging;

import io.karyoflow.common.message.Reason;
import io.karyoflow.common.message.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A record that cannot be used, untouched, with headers that say why and where it stood. Of one that is too large to be
 * sent again, and came compressed, the value is left out, and key and headers if they are too large by themselves.
 */
public final class DeadLetters {
    public static final String REASON = "dead-letter-reason";
    public static final String ORIGIN = "dead-letter-origin";

    /** Of a request for explanations of which only some are missing: by which methods. */
    public static final String METHODS = "dead-letter-methods";

    /** What the names of all headers begin with that a record has only as a dead letter. */
    static final String PREFIX = "dead-letter-";

    private DeadLetters() {}

    /** @param origin the service that could not use it */
    public static <K, V> ProducerRecord<K, V> of(ConsumerRecord<K, V> record, String why, String origin) {
        String reason = Reason.cut(why);
        if (RecordSize.withoutValue(record) > CreateTopics.MAX_MESSAGE_BYTES) {
            return of(record, reason + withoutAnything(record), origin, null, null, new RecordHeaders());
        }
        Headers headers = new RecordHeaders(record.headers());
        return RecordSize.bytes(record) > CreateTopics.MAX_MESSAGE_BYTES
                ? of(record, reason + withoutValue(record), origin, record.key(), null, headers)
                : of(record, reason, origin, record.key(), record.value(), headers);
    }

    /** @param methods by which the request could not be answered, separated by commas; by its others it was or will be */
    public static <K, V> ProducerRecord<K, V> ofMethods(
            ConsumerRecord<K, V> record, String methods, String reason, String origin) {
        ProducerRecord<K, V> letter = of(record, reason, origin);
        put(letter.headers(), METHODS, methods);
        return letter;
    }

    private static <K, V> ProducerRecord<K, V> of(
            ConsumerRecord<K, V> record, String reason, String origin, K key, V value, Headers headers) {
        put(headers, REASON, reason);
        put(headers, ORIGIN, origin);
        put(headers, "dead-letter-topic", record.topic());
        put(headers, "dead-letter-partition", Integer.toString(record.partition()));
        put(headers, "dead-letter-offset", Long.toString(record.offset()));
        return new ProducerRecord<>(Topics.deadLetter(record.topic()), null, key, value, headers);
    }

    private static String withoutValue(ConsumerRecord<?, ?> record) {
        return "; its value of " + record.serializedValueSize() + " bytes is too large for a dead letter and left out";
    }

    private static String withoutAnything(ConsumerRecord<?, ?> record) {
        return "; its key and headers of " + RecordSize.withoutValue(record)
                + " bytes are too large for a dead letter and left out, and its value, too";
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, (value == null ? "unknown" : value).getBytes(StandardCharsets.UTF_8));
    }
}
