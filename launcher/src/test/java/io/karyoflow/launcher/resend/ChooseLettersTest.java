package io.karyoflow.launcher.resend;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.SentAgain;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class ChooseLettersTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final LetterFilter ALL = new LetterFilter(Optional.empty(), Optional.empty());
    private static final byte[] IMAGE = {1, 2, 3};

    @Test
    void aLetterOfWhichThereIsANoteWentBefore() {
        ChooseLetters choose = new ChooseLetters(ALL);
        choose.see(letter(17, "no image"));
        choose.see(letter(18, "no image"));
        choose.see(noteOf(letter(17, "no image")));

        assertThat(choose.fateOf(letter(17, "no image"))).isEqualTo(Fate.WENT_BEFORE);
        assertThat(choose.fateOf(letter(18, "no image"))).isEqualTo(Fate.GOES);
    }

    @Test
    void aLetterIsWantedForItsReason() {
        ChooseLetters choose = new ChooseLetters(new LetterFilter(Optional.of("out of Memory"), Optional.empty()));

        assertThat(choose.fateOf(letter(1, "the model failed: Out of memory"))).isEqualTo(Fate.GOES);
        assertThat(choose.fateOf(letter(2, "no image"))).isEqualTo(Fate.IS_NOT_WANTED);
    }

    @Test
    void aLetterIsWantedForItsTime() {
        assertThat(new ChooseLetters(new LetterFilter(Optional.empty(), Optional.of(NOON)))
                        .fateOf(letter(1, "no image")))
                .isEqualTo(Fate.GOES);
        assertThat(new ChooseLetters(new LetterFilter(Optional.empty(), Optional.of(NOON.plusMillis(1))))
                        .fateOf(letter(1, "no image")))
                .isEqualTo(Fate.IS_NOT_WANTED);
    }

    @Test
    void whatHasNoValueCannotGo() {
        assertThat(new ChooseLetters(ALL).fateOf(letter(1, "too large", null))).isEqualTo(Fate.CANNOT_GO);
    }

    @Test
    void aKeyCannotCommandTheTerminal() {
        assertThat(LetterText.line(letter(1, "first\nsecond")))
                .isEqualTo("0/1  2026-01-02T12:00:00Z  r [31m  first second");
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset, String reason) {
        return letter(offset, reason, IMAGE);
    }

    private static ConsumerRecord<byte[], byte[]> letter(long offset, String reason, byte[] value) {
        Headers headers = new RecordHeaders();
        headers.add(DeadLetters.REASON, reason.getBytes(StandardCharsets.UTF_8));
        return record(offset, "r\u001b[31m".getBytes(StandardCharsets.UTF_8), value, headers);
    }

    private static ConsumerRecord<byte[], byte[]> noteOf(ConsumerRecord<byte[], byte[]> letter) {
        ProducerRecord<byte[], byte[]> note = SentAgain.note(letter);
        return record(99, note.key(), note.value(), note.headers());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, byte[] key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(
                "prediction-requests-dead-letter",
                0,
                offset,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key.length,
                value == null ? ConsumerRecord.NULL_SIZE : value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
