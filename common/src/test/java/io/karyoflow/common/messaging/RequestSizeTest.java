package io.karyoflow.common.messaging;

import static io.karyoflow.common.messaging.ReceivedRecords.headersOfASlide;
import static io.karyoflow.common.messaging.ReceivedRecords.received;
import static io.karyoflow.common.messaging.ReceivedRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.UnreadableMessageException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** Brokers may take a request that is too large for what becomes of it: an answer, or a request to explain. */
class RequestSizeTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void refusesARequestThatCouldNotBeHandedOn() {
        // as large as the broker lets it in, and a little smaller: what remains is for an explanation request's headers
        ConsumerRecord<String, byte[]> tooLarge =
                record("key", new byte[CreateTopics.MAX_MESSAGE_BYTES], headersOfASlide());
        ConsumerRecord<String, byte[]> large =
                record("key", new byte[CreateTopics.MAX_MESSAGE_BYTES - 17 * 1024], headersOfASlide());

        assertThatThrownBy(() -> ImageRecords.predictionRequest(tooLarge))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("16777238 bytes before compression")
                .hasMessageContaining("send a smaller image");
        assertThat(ImageRecords.predictionRequest(large).bytes()).isSameAs(large.value());
    }

    @Test
    void refusesARequestWhoseHeadersWouldNotPassInItsAnswer() {
        Headers headers = headersOfASlide();
        CloudEventHeaders.put(headers, "filename", "f".repeat(1_100_000));
        Headers explanation = new RecordHeaders(headers);
        CloudEventHeaders.put(explanation, "explain", "saliency");
        CloudEventHeaders.put(explanation, "model", "model-1");

        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("key", BYTES, headers)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("key and headers have 1100")
                .hasMessageContaining("more than the 65536 that can be handed on");
        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("k".repeat(70_000), BYTES, headersOfASlide())))
                .hasMessageContaining("key and headers have 700");
        assertThatThrownBy(() -> ImageRecords.explanationRequested(record("key", BYTES, explanation)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("key and headers have 1100");
    }

    @Test
    void whatOfHeadersPassesInAPredictionRequestPassesInARequestToExplainItsLabel() {
        Headers headers = headersOfASlide();
        CloudEventHeaders.put(headers, "filename", "f".repeat(65_000));
        CloudEventHeaders.put(headers, "explain", "saliency");
        PredictionRequest request = ImageRecords.predictionRequest(record("key", BYTES, headers));

        ProducerRecord<String, byte[]> handedOn = ImageRecords.of(
                new ExplanationRequested(request.seenBy(ColourStatistics.USUAL), "model-1", 1, Instant.EPOCH),
                "inference");

        assertThat(ImageRecords.explanationRequested(received(handedOn))
                        .request()
                        .filename())
                .hasSize(65_000);
    }
}
