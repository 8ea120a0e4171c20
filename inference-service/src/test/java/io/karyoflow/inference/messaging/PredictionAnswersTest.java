package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PredictionAnswersTest {
    private final PredictionAnswers answers = new PredictionAnswers(new InferenceMetrics(new SimpleMeterRegistry()));

    @Test
    void aRequestToExplainNamesTheLabelAndTheModelThatMadeIt() {
        answers.predict(request(List.of("saliency")), prediction(2));

        ProducerRecord<String, byte[]> toExplain = answers.records()
                .filter(record -> record.topic().equals(Topics.EXPLANATION_REQUESTS))
                .findFirst()
                .orElseThrow();
        assertThat(CloudEventHeaders.get(toExplain.headers(), "label")).contains("2");
        assertThat(CloudEventHeaders.get(toExplain.headers(), "model")).contains("m-1");
    }

    @Test
    void onlyRequestsThatAskForItAreHandedOn() {
        answers.predict(request(List.of()), prediction(2));

        assertThat(answers.records()).extracting(ProducerRecord::topic).containsExactly(Topics.PREDICTIONS);
    }

    private static PredictionRequest request(List<String> methods) {
        return new PredictionRequest("r", null, null, null, null, methods, "image/png", new byte[] {1});
    }

    private static Prediction prediction(int label) {
        Instant now = Instant.now();
        return new Prediction("r", "00", null, null, null, null, label, "muscle", List.of(), "m-1", now, now, 1);
    }
}
