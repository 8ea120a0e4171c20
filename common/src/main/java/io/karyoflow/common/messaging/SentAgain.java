package io.karyoflow.common.messaging;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A dead letter on its way back to its topic. That it went is noted where it lies, in the topic of the dead letters: those
 * are kept for ever, but the offsets of a consumer group are forgotten a week after its last member has left.
 */
public final class SentAgain {
    /** Of a note: the offset, in the note's own partition, of the letter that was sent again. */
    public static final String NOTE = "dead-letter-sent-again";

    private SentAgain() {}

    /** The record as it was before it became a letter; a request for explanations only of those that are missing. */
    public static <K, V> ProducerRecord<K, V> to(String topic, ConsumerRecord<K, V> letter) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.headers()) {
            if (!header.key().startsWith(DeadLetters.PREFIX)) {
                headers.add(header);
            }
        }
        text(letter, DeadLetters.METHODS).ifPresent(methods -> CloudEventHeaders.replace(headers, "explain", methods));
        return new ProducerRecord<>(topic, null, letter.key(), letter.value(), headers);
    }

    /** Says in the letter's own partition that it was sent again; to be committed together with what is sent. */
    public static <K, V> ProducerRecord<K, V> note(ConsumerRecord<K, V> letter) {
        Headers headers = new RecordHeaders();
        headers.add(NOTE, Long.toString(letter.offset()).getBytes(StandardCharsets.UTF_8));
        return new ProducerRecord<>(letter.topic(), letter.partition(), letter.key(), null, headers);
    }

    /** The offset of the letter that a note speaks of; empty if the record is a letter. */
    public static OptionalLong noted(ConsumerRecord<?, ?> record) {
        if (text(record, DeadLetters.REASON).isPresent()) {
            return OptionalLong.empty(); // whatever else the headers are that its sender gave it
        }
        return text(record, NOTE).stream().mapToLong(Long::parseLong).findFirst();
    }

    /** Why the letter cannot be sent again whatever has changed since; empty if it can. */
    public static Optional<String> obstacle(ConsumerRecord<?, ?> letter) {
        if (letter.key() == null || letter.value() == null) {
            return Optional.of("it has no key or no value");
        }
        // what a letter has on top of the record is more than Kafka puts around one, so the record itself fits, too
        if (RecordSize.bytes(letter) > CreateTopics.MAX_MESSAGE_BYTES) {
            return Optional.of("it is too large to pass once more");
        }
        return Optional.empty();
    }

    private static Optional<String> text(ConsumerRecord<?, ?> record, String header) {
        return Optional.ofNullable(record.headers().lastHeader(header))
                .map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }
}
