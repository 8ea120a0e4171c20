package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CloudEventHeaders;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What a batch of requests is answered with: one record for each request, in one of the two topics. */
record Answers(List<Prediction> predictions, List<ProducerRecord<String, byte[]>> deadLetters) {

    Stream<ProducerRecord<String, byte[]>> records() {
        return Stream.concat(predictions.stream().map(Answers::record), deadLetters.stream());
    }

    private static ProducerRecord<String, byte[]> record(Prediction prediction) {
        return new ProducerRecord<>(
                Topics.PREDICTIONS,
                null,
                prediction.requestId(),
                MessageJson.write(prediction),
                CloudEventHeaders.ofJson(prediction, AnswerRequests.SOURCE));
    }
}
