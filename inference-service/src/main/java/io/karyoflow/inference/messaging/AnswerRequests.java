package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.inference.prediction.Answer;
import io.karyoflow.inference.prediction.Asked;
import io.karyoflow.inference.prediction.PredictImages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** From request records to answer records: what cannot be read or decoded becomes a dead letter with its reason. */
@Singleton
class AnswerRequests {
    static final String SOURCE = "inference";

    private final PredictImages predictImages;

    AnswerRequests(PredictImages predictImages) {
        this.predictImages = predictImages;
    }

    Answers answer(Iterable<ConsumerRecord<String, byte[]>> records, ServedModel model) {
        List<Prediction> predictions = new ArrayList<>();
        List<ProducerRecord<String, byte[]>> deadLetters = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> readable = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                asked.add(new Asked(ImageRecords.predictionRequest(record), Instant.ofEpochMilli(record.timestamp())));
                readable.add(record);
            } catch (UnreadableMessageException e) {
                deadLetters.add(DeadLetters.of(record, e.getMessage(), SOURCE));
            }
        }
        List<Answer> answers = predictImages.answer(asked, model);
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Answer.Predicted predicted) {
                predictions.add(predicted.prediction());
            } else if (answers.get(i) instanceof Answer.Refused refused) {
                deadLetters.add(DeadLetters.of(readable.get(i), refused.reason(), SOURCE));
            }
        }
        return new Answers(predictions, deadLetters);
    }
}
