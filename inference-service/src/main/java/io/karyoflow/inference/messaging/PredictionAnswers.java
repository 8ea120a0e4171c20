package io.karyoflow.inference.messaging;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.inference.prediction.Answer;
import io.karyoflow.inference.prediction.PredictImages;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a batch of requests is answered with: a prediction or a dead letter for each, and a request to explain the label
 * where the sender wants it explained.
 */
final class PredictionAnswers implements AnswerBatch.Answers {
    private static final Logger LOG = LoggerFactory.getLogger(PredictionAnswers.class);

    private final InferenceMetrics metrics;
    private final LogWarnings logWarnings;
    private final PredictImages predictImages;
    private final List<Prediction> predictions = new ArrayList<>();
    private final List<ExplanationRequested> toExplain = new ArrayList<>();
    private final List<ProducerRecord<String, byte[]>> deadLetters = new ArrayList<>();

    PredictionAnswers(InferenceMetrics metrics, LogWarnings logWarnings, PredictImages predictImages) {
        this.metrics = metrics;
        this.logWarnings = logWarnings;
        this.predictImages = predictImages;
    }

    void predict(PredictionRequest request, Answer.Predicted predicted) {
        Prediction prediction = predicted.prediction();
        predictions.add(prediction);
        if (!request.explain().isEmpty()) {
            toExplain.add(new ExplanationRequested(
                    asSeen(request, prediction), prediction.modelId(), prediction.label(), prediction.requestedAt()));
        }
    }

    private static PredictionRequest asSeen(PredictionRequest request, Prediction prediction) {
        return prediction.colours() == null ? request : request.seenBy(ColourStatistics.of(prediction.colours()));
    }

    void refuse(ConsumerRecord<String, byte[]> request, String reason) {
        LOG.warn(
                "request {} (partition {}, offset {}) goes to the dead letters: {}",
                request.key(),
                request.partition(),
                request.offset(),
                reason);
        deadLetters.add(DeadLetters.of(request, reason, AnswerRequests.SOURCE));
    }

    @Override
    public Stream<ProducerRecord<String, byte[]>> records() {
        return Stream.of(
                        predictions.stream().map(PredictionAnswers::record),
                        toExplain.stream().map(explanation -> ImageRecords.of(explanation, AnswerRequests.SOURCE)),
                        deadLetters.stream())
                .flatMap(Function.identity());
    }

    @Override
    public void committed() {
        predictImages.committed();
        predictions.forEach(metrics::predicted);
        predictions.forEach(logWarnings::of);
        metrics.refused(deadLetters.size());
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
