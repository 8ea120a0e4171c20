package io.karyoflow.common.messaging;

import static io.karyoflow.common.messaging.ReceivedRecords.received;
import static io.karyoflow.common.messaging.ReceivedRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Sha256;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.UnreadableMessageException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ImageRecordsTest {
    private static final byte[] BYTES = {1, 2, 3};

    @Test
    void labelledImageSurvivesTheTopic() {
        LabelledImage image =
                new LabelledImage(Sha256.of(BYTES), "colon", "Zellkern ü.png", 3, 4, "tile 7", "image/png", BYTES);

        ConsumerRecord<String, byte[]> record = received(ImageRecords.of(image, "ingest"));

        assertThat(record.topic()).isEqualTo(Topics.IMAGES);
        assertThat(ImageRecords.dataset(record)).contains("colon");
        assertThat(ImageRecords.labelledImage(record))
                .usingRecursiveComparison()
                .isEqualTo(image);
    }

    @Test
    void anImageWithoutGroupHasNone() {
        LabelledImage image = new LabelledImage("id", "colon", "1.png", 0, 0, null, "image/png", BYTES);

        assertThat(ImageRecords.labelledImage(received(ImageRecords.of(image, "ingest")))
                        .group())
                .isNull();
    }

    @Test
    void carriesCloudEventAttributesInBinaryMode() {
        Headers headers = ImageRecords.of(new LabelledImage("id", "d", "f", 0, 0, null, "image/png", BYTES), "ingest")
                .headers();

        assertThat(headers.toArray())
                .extracting(header -> header.key())
                .contains("ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "content-type");
        assertThat(CloudEventHeaders.get(headers, "type")).contains("io.karyoflow.LabelledImage");
        assertThat(CloudEventHeaders.get(headers, "source")).contains("/karyoflow/ingest");
        assertThat(CloudEventHeaders.contentType(headers)).contains("image/png");
    }

    @Test
    void namesTheHeaderThatIsMissingOrWrong() {
        ConsumerRecord<String, byte[]> record =
                received(ImageRecords.of(new LabelledImage("id", "d", "f", 0, 0, null, null, BYTES), "ingest"));

        record.headers().remove("ce_label");
        assertThatThrownBy(() -> ImageRecords.labelledImage(record))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_label");

        record.headers().add("ce_label", "muscle".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageRecords.labelledImage(record))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_label")
                .hasMessageContaining("muscle");
    }

    @Test
    void predictionRequestSurvivesTheTopic() {
        PredictionRequest request = new PredictionRequest(
                "r1",
                "a/b.tif",
                "slide 3",
                1L << 40,
                0L,
                new ColourStatistics(new float[] {0.1f, 1 / 3f, 0}, new float[] {1e-9f, 2, 0.25f}),
                List.of("saliency", "occlusion"),
                "image/tiff",
                BYTES);

        assertThat(ImageRecords.predictionRequest(received(ImageRecords.of(request, "ingest"))))
                .usingRecursiveComparison()
                .isEqualTo(request);
    }

    @Test
    void aScannerNeedsNoHeaders() {
        PredictionRequest request = ImageRecords.predictionRequest(record("key", BYTES, new RecordHeaders()));

        assertThat(request)
                .usingRecursiveComparison()
                .isEqualTo(new PredictionRequest("key", null, null, null, null, null, List.of(), null, BYTES));
    }

    @Test
    void readsExplanationsAsPeopleWriteThem() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.put(headers, "explain", " saliency , ,occlusion,saliency");

        assertThat(ImageRecords.predictionRequest(record("key", BYTES, headers)).explain())
                .containsExactly("saliency", "occlusion");
    }

    @Test
    void refusesARequestWithoutKeyOrImageOrWithAWrongPositionOrWrongColours() {
        Headers wrong = new RecordHeaders();
        CloudEventHeaders.put(wrong, "x", "left");
        Headers wrongColours = new RecordHeaders();
        CloudEventHeaders.put(wrongColours, "colours", "pink");

        assertThatThrownBy(() -> ImageRecords.predictionRequest(record(null, BYTES, new RecordHeaders())))
                .hasMessageContaining("no key");
        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("k", null, new RecordHeaders())))
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("k", new byte[0], new RecordHeaders())))
                .hasMessageContaining("no value");
        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("k", BYTES, wrong)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_x");
        assertThatThrownBy(() -> ImageRecords.predictionRequest(record("k", BYTES, wrongColours)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("the header ce_colours: 'pink' is not 6 numbers from 0");
    }

    @Test
    void anExplanationRequestSurvivesTheTopicWithItsLabelModelColoursAndTime() {
        ExplanationRequested explanation = new ExplanationRequested(
                new PredictionRequest(
                        "r",
                        "a.png",
                        "s",
                        1L,
                        2L,
                        new ColourStatistics(new float[] {0.1f, 1 / 3f, 0}, new float[] {1e-9f, 2, 0.25f}),
                        List.of("saliency"),
                        "image/png",
                        BYTES),
                "model-1",
                3,
                Instant.ofEpochMilli(1234));

        ProducerRecord<String, byte[]> record = ImageRecords.of(explanation, "inference");

        assertThat(record.topic()).isEqualTo(Topics.EXPLANATION_REQUESTS);
        assertThat(record.timestamp()).as("by which retention counts").isNull();
        assertThat(ImageRecords.explanationRequested(received(record)))
                .usingRecursiveComparison()
                .isEqualTo(explanation);
        record.headers().remove("ce_label");
        assertThat(ImageRecords.explanationRequested(received(record)).label()).isNull();
        record.headers().add("ce_label", "-1".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageRecords.explanationRequested(received(record)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_label is '-1'");
        record.headers().remove("ce_label").remove("ce_colours");
        assertThat(ImageRecords.explanationRequested(received(record)).request().colours())
                .isNull();
        record.headers().add("ce_colours", "1,2,3,4,5,-6".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageRecords.explanationRequested(received(record)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_colours: '1,2,3,4,5,-6' is not 6 numbers");
        record.headers().remove("ce_colours").remove("ce_model");
        assertThatThrownBy(() -> ImageRecords.explanationRequested(received(record)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_model");
    }

    @Test
    void anExplanationRequestOfAnotherSenderIsAsOldAsItsRecord() {
        Headers headers = new RecordHeaders();
        CloudEventHeaders.put(headers, "explain", "saliency");
        CloudEventHeaders.put(headers, "model", "model-1");

        assertThat(ImageRecords.explanationRequested(record("k", BYTES, headers))
                        .requestedAt())
                .isEqualTo(Instant.EPOCH);

        CloudEventHeaders.put(headers, "requestedat", "yesterday");
        assertThatThrownBy(() -> ImageRecords.explanationRequested(record("k", BYTES, headers)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("ce_requestedat is 'yesterday'");
    }
}
