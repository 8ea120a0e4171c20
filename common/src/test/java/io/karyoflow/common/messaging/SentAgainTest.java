package io.karyoflow.common.messaging;

import static io.karyoflow.common.messaging.ReceivedRecords.headersOfASlide;
import static io.karyoflow.common.messaging.ReceivedRecords.received;
import static io.karyoflow.common.messaging.ReceivedRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class SentAgainTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void theRecordIsAsItWasBeforeItBecameALetter() {
        ConsumerRecord<String, byte[]> request = record("key", BYTES, headersOfASlide());

        ProducerRecord<String, byte[]> again = SentAgain.to("prediction-requests", letter(request));

        assertThat(again.topic()).isEqualTo("prediction-requests");
        assertThat(again.partition()).as("that of its key").isNull();
        assertThat(again.key()).isEqualTo("key");
        assertThat(again.value()).isEqualTo(BYTES);
        assertThat(again.headers().toArray()).containsExactly(request.headers().toArray());
    }

    @Test
    void aRequestForExplanationsAsksOnlyForThoseThatAreMissing() {
        Headers headers = headersOfASlide();
        CloudEventHeaders.put(headers, "explain", "saliency,rise,occlusion");
        ConsumerRecord<String, byte[]> letter =
                received(DeadLetters.ofMethods(record("key", BYTES, headers), "rise", "out of memory", "explain"));

        Headers again = SentAgain.to("explanation-requests", letter).headers();

        assertThat(again.headers("ce_explain")).hasSize(1);
        assertThat(CloudEventHeaders.get(again, "explain")).contains("rise");
        assertThat(CloudEventHeaders.get(again, "slide")).contains("7");
    }

    @Test
    void aNoteSaysWhichLetterOfItsPartitionWasSentAgain() {
        ConsumerRecord<String, byte[]> letter =
                new ConsumerRecord<>("prediction-requests-dead-letter", 2, 17, "key", BYTES);

        ProducerRecord<String, byte[]> note = SentAgain.note(letter);

        assertThat(note.topic()).isEqualTo("prediction-requests-dead-letter");
        assertThat(note.partition()).isEqualTo(2);
        assertThat(SentAgain.noted(received(note))).hasValue(17);
    }

    @Test
    void aLetterIsNoNoteWhateverItsSenderCalledAHeader() {
        Headers headers = headersOfASlide();
        headers.add(SentAgain.NOTE, "nonsense".getBytes(StandardCharsets.UTF_8));

        assertThat(SentAgain.noted(letter(record("key", BYTES, headersOfASlide()))))
                .isEmpty();
        assertThat(SentAgain.noted(letter(record("key", BYTES, headers)))).isEmpty();
    }

    @Test
    void whatWouldOnlyComeBackIsNotSentAgain() {
        assertThat(SentAgain.obstacle(letter(record("key", BYTES, headersOfASlide()))))
                .isEmpty();
        assertThat(SentAgain.obstacle(letter(record(null, BYTES, headersOfASlide()))))
                .hasValueSatisfying(why -> assertThat(why).contains("no key"));
        assertThat(SentAgain.obstacle(letter(record("key", null, headersOfASlide()))))
                .hasValueSatisfying(why -> assertThat(why).contains("no value"));
    }

    @Test
    void aLetterThatIsNotTooLargeWasARecordThatPasses() {
        int framing = 100; // at most, of a batch of one record
        ConsumerRecord<String, byte[]> request = record("", BYTES, headersOfASlide());
        ConsumerRecord<String, byte[]> letter = received(DeadLetters.of(request, "", ""));

        assertThat(RecordSize.withoutValue(letter) - RecordSize.withoutValue(request))
                .isGreaterThan(framing);
        assertThat(SentAgain.obstacle(ofBytes(CreateTopics.MAX_MESSAGE_BYTES))).isEmpty();
        assertThat(SentAgain.obstacle(ofBytes(CreateTopics.MAX_MESSAGE_BYTES + 1)))
                .hasValueSatisfying(why -> assertThat(why).contains("too large"));
    }

    private static ConsumerRecord<String, byte[]> letter(ConsumerRecord<String, byte[]> request) {
        return received(DeadLetters.of(request, "no image", "inference"));
    }

    /** A letter that says it has so many. */
    private static ConsumerRecord<String, byte[]> ofBytes(int bytes) {
        return new ConsumerRecord<>(
                "prediction-requests-dead-letter",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                bytes,
                "",
                BYTES,
                new RecordHeaders(),
                Optional.empty());
    }
}
