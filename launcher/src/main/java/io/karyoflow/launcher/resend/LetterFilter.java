package io.karyoflow.launcher.resend;

import io.karyoflow.common.messaging.DeadLetters;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which letters are wanted; the others stay for another time.
 *
 * @param reason what their reasons contain, upper and lower case alike
 * @param since when they were written at the earliest
 */
public record LetterFilter(Optional<String> reason, Optional<Instant> since) {

    boolean wants(ConsumerRecord<byte[], byte[]> letter) {
        return reason.map(text -> contains(LetterText.of(letter, DeadLetters.REASON), text))
                        .orElse(true)
                && since.map(time -> letter.timestamp() >= time.toEpochMilli()).orElse(true);
    }

    private static boolean contains(String reason, String text) {
        return reason.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
