package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.concurrent.WorkThreads;
import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.inference.prediction.Answer;
import io.karyoflow.inference.prediction.BatchLimits;
import io.karyoflow.inference.prediction.PredictImages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PredictionAnswersTest {
    private final PredictImages predictImages = new PredictImages(
            new ImageDecoder(1000),
            new WorkThreads("decode", 1),
            new BatchLimits(1, 1, 1000),
            Duration.ofHours(1),
            Clock.systemUTC());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PredictionAnswers answers =
            new PredictionAnswers(new InferenceMetrics(registry), new LogWarnings(), predictImages);

    @Test
    void aRequestToExplainNamesTheLabelAndTheModelThatMadeIt() {
        answers.predict(request(List.of("saliency")), new Answer.Predicted(prediction(2, null)));

        ProducerRecord<String, byte[]> toExplain = toExplain();
        assertThat(CloudEventHeaders.get(toExplain.headers(), "label")).contains("2");
        assertThat(CloudEventHeaders.get(toExplain.headers(), "model")).contains("m-1");
        assertThat(CloudEventHeaders.get(toExplain.headers(), "colours")).isEmpty();
    }

    @Test
    void aRequestToExplainNamesTheColoursByWhichTheModelSawTheImage() {
        ColourStatistics colours = new ColourStatistics(new float[] {0.5f, 0.25f, 1}, new float[] {0.75f, 0.125f, 2});

        answers.predict(request(List.of("saliency")), new Answer.Predicted(prediction(2, colours.numbers())));

        assertThat(CloudEventHeaders.get(toExplain().headers(), "colours")).contains("0.5,0.25,1.0,0.75,0.125,2.0");
    }

    @Test
    void onlyRequestsThatAskForItAreHandedOn() {
        answers.predict(request(List.of()), new Answer.Predicted(prediction(2, null)));

        assertThat(answers.records()).extracting(ProducerRecord::topic).containsExactly(Topics.PREDICTIONS);
    }

    @Test
    void labelsWithAWarningAreCountedWhenTheyAreCommitted() {
        answers.predict(request(List.of()), new Answer.Predicted(prediction(2, null)));
        answers.predict(request(List.of()), new Answer.Predicted(prediction(2, null, "the image is small")));
        assertThat(registry.counter("karyoflow.inference.warnings").count()).isZero();

        answers.committed();

        assertThat(registry.counter("karyoflow.inference.warnings").count()).isEqualTo(1);
        assertThat(registry.counter("karyoflow.inference.images").count()).isEqualTo(2);
    }

    private ProducerRecord<String, byte[]> toExplain() {
        return answers.records()
                .filter(record -> record.topic().equals(Topics.EXPLANATION_REQUESTS))
                .findFirst()
                .orElseThrow();
    }

    private static PredictionRequest request(List<String> methods) {
        return new PredictionRequest("r", null, null, null, null, null, methods, "image/png", new byte[] {1});
    }

    private static Prediction prediction(int label, List<Float> colours) {
        return prediction(label, colours, null);
    }

    private static Prediction prediction(int label, List<Float> colours, String warning) {
        Instant now = Instant.now();
        return new Prediction(
                "r", "00", null, null, null, null, colours, label, "muscle", List.of(), "m-1", now, now, 1, warning);
    }
}
