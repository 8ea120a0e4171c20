package io.karyoflow.launcher.resend;

import io.karyoflow.common.messaging.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What a terminal shows of a letter: senders choose keys, and reasons may quote them. */
final class LetterText {
    private LetterText() {}

    /** Where it is, since when, whose it is, and why it is there. */
    static String line(ConsumerRecord<byte[], byte[]> letter) {
        return letter.partition() + "/" + letter.offset() + "  " + Instant.ofEpochMilli(letter.timestamp()) + "  "
                + shown(letter.key()) + "  " + of(letter, DeadLetters.REASON);
    }

    /** @return empty if there is no such header */
    static String of(ConsumerRecord<byte[], byte[]> letter, String header) {
        Header found = letter.headers().lastHeader(header);
        return found == null ? "" : shown(found.value());
    }

    private static String shown(byte[] text) {
        return text == null ? "(no key)" : new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cc}+", " ");
    }
}
