package io.karyoflow.common.messaging;

import static io.karyoflow.common.messaging.ReceivedRecords.headersOfASlide;
import static io.karyoflow.common.messaging.ReceivedRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void aDeadLetterIsTheRecordUntouchedWithTheReason() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.put(headers, "slide", "7");
        ConsumerRecord<String, byte[]> record = record("key", BYTES, headers);

        ProducerRecord<String, byte[]> letter = DeadLetters.of(record, "no image", "inference");

        assertThat(letter.topic()).isEqualTo("prediction-requests-dead-letter");
        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.value()).isSameAs(BYTES);
        assertThat(header(letter, "ce_slide")).contains("7");
        assertThat(header(letter, DeadLetters.REASON)).contains("no image");
        assertThat(header(letter, DeadLetters.ORIGIN)).contains("inference");
        assertThat(header(letter, "dead-letter-offset")).contains("42");
        assertThat(record.headers().lastHeader(DeadLetters.REASON)).isNull();
    }

    @Test
    void aDeadLetterOfARecordWhoseHeadersAloneAreTooLargeSaysOnlyWhyAndWhere() {
        Headers headers = headersOfASlide();
        CloudEventHeaders.put(headers, "filename", "f".repeat(CreateTopics.MAX_MESSAGE_BYTES));

        ProducerRecord<String, byte[]> letter = DeadLetters.of(record("key", BYTES, headers), "no", "inference");

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader("ce_filename")).isNull();
        assertThat(header(letter, DeadLetters.REASON))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("no; its key and headers of 167"));
        assertThat(header(letter, "dead-letter-offset")).contains("42");
    }

    @Test
    void aDeadLetterOfARecordThatOnlyPassedCompressedHasNoValueAndSaysSo() {
        byte[] compressible = new byte[22_000_000];

        ProducerRecord<String, byte[]> letter =
                DeadLetters.of(record("key", compressible, headersOfASlide()), "no image", "inference");

        assertThat(letter.key()).isEqualTo("key");
        assertThat(letter.value()).isNull();
        assertThat(header(letter, "ce_slide")).contains("7");
        assertThat(header(letter, DeadLetters.REASON))
                .contains("no image; its value of 22000000 bytes is too large for a dead letter and left out");
        assertThat(header(letter, "dead-letter-offset")).contains("42");
    }

    @Test
    void aReasonThatQuotesTheRecordMakesNoLetterThatIsTooLarge() {
        ProducerRecord<String, byte[]> letter =
                DeadLetters.of(record("key", BYTES, new RecordHeaders()), "r".repeat(20_000_000), "tuner");

        assertThat(header(letter, DeadLetters.REASON))
                .hasValueSatisfying(
                        reason -> assertThat(reason).startsWith("rrr").hasSizeLessThan(20_000));
    }

    private static Optional<String> header(ProducerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
