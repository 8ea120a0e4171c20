package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.inference.prediction.Answer;
import io.karyoflow.inference.prediction.Asked;
import io.karyoflow.inference.prediction.PredictImages;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** From request records to answer records: what cannot be read or decoded becomes a dead letter with its reason. */
@Singleton
class AnswerRequests implements AnswerBatch {
    static final String SOURCE = "inference";

    private final ServedModels<OpenClassifier> models;
    private final PredictImages predictImages;
    private final InferenceMetrics metrics;
    private final LogWarnings logWarnings;

    AnswerRequests(
            ServedModels<OpenClassifier> models,
            PredictImages predictImages,
            InferenceMetrics metrics,
            LogWarnings logWarnings) {
        this.models = models;
        this.predictImages = predictImages;
        this.metrics = metrics;
        this.logWarnings = logWarnings;
    }

    @Override
    public PredictionAnswers answer(ConsumerRecords<String, byte[]> records) {
        PredictionAnswers answers = new PredictionAnswers(metrics, logWarnings, predictImages);
        List<ConsumerRecord<String, byte[]>> readable = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                asked.add(new Asked(ImageRecords.predictionRequest(record), Instant.ofEpochMilli(record.timestamp())));
                readable.add(record);
            } catch (UnreadableMessageException e) {
                answers.refuse(record, e.getMessage());
            }
        }
        List<Answer> predicted = models.withModel(model -> predictImages.answer(asked, model));
        for (int i = 0; i < predicted.size(); i++) {
            if (predicted.get(i) instanceof Answer.Predicted answer) {
                answers.predict(asked.get(i).request(), answer);
            } else if (predicted.get(i) instanceof Answer.Refused refused) {
                answers.refuse(readable.get(i), refused.reason());
            }
        }
        return answers;
    }
}
