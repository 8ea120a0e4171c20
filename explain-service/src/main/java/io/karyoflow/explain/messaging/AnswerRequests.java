package io.karyoflow.explain.messaging;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.explanation.Answer;
import io.karyoflow.explain.explanation.ExplainImages;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** From request records to answer records: what cannot be explained becomes a dead letter with its reason. */
@Singleton
class AnswerRequests implements AnswerBatch {
    static final String SOURCE = "explain";

    private final ServedModels models;
    private final ExplainImages explainImages;
    private final ExplainMetrics metrics;

    AnswerRequests(ServedModels models, ExplainImages explainImages, ExplainMetrics metrics) {
        this.models = models;
        this.explainImages = explainImages;
        this.metrics = metrics;
    }

    @Override
    public ExplainAnswers answer(ConsumerRecords<String, byte[]> records) {
        ExplainAnswers answers = new ExplainAnswers(metrics);
        List<ConsumerRecord<String, byte[]>> asking = new ArrayList<>();
        List<PredictionRequest> requests = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (asksForExplanation(record)) {
                try {
                    requests.add(ImageRecords.predictionRequest(record));
                    asking.add(record);
                } catch (UnreadableMessageException e) {
                    answers.refuse(record, e.getMessage());
                }
            }
        }
        if (!requests.isEmpty()) {
            List<Answer> explanations = models.withModel(model -> explainImages.explain(model, requests));
            for (int i = 0; i < explanations.size(); i++) {
                answers.add(asking.get(i), explanations.get(i));
            }
        }
        return answers;
    }

    /** Most requests do not; they are passed over without a look at their image. */
    private static boolean asksForExplanation(ConsumerRecord<String, byte[]> record) {
        return CloudEventHeaders.get(record.headers(), "explain").isPresent();
    }
}
