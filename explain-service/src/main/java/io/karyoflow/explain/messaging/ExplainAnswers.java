package io.karyoflow.explain.messaging;

import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.explain.explanation.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a batch of requests is answered with: for each request an attribution by each method, or one dead letter. */
final class ExplainAnswers implements AnswerBatch.Answers {
    private static final Logger LOG = LoggerFactory.getLogger(ExplainAnswers.class);

    /** Kafka counts the key, the headers and the framing too. */
    private static final int LARGEST_VALUE = CreateTopics.MAX_MESSAGE_BYTES - 16 * 1024;

    private final ExplainMetrics metrics;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Runnable> whenCommitted = new ArrayList<>();

    ExplainAnswers(ExplainMetrics metrics) {
        this.metrics = metrics;
    }

    void add(ConsumerRecord<String, byte[]> request, Answer answer) {
        if (answer instanceof Answer.Explained explained) {
            explain(request, explained.attributions());
        } else if (answer instanceof Answer.Refused refused) {
            refuse(request, refused.reason());
        }
    }

    void refuse(ConsumerRecord<String, byte[]> request, String reason) {
        LOG.warn(
                "request {} (partition {}, offset {}) goes to the dead letters: {}",
                request.key(),
                request.partition(),
                request.offset(),
                reason);
        records.add(DeadLetters.of(request, reason, AnswerRequests.SOURCE));
        whenCommitted.add(metrics::refused);
    }

    private void explain(ConsumerRecord<String, byte[]> request, List<Attribution> attributions) {
        List<ProducerRecord<String, byte[]>> all = new ArrayList<>();
        for (Attribution attribution : attributions) {
            byte[] json = MessageJson.write(attribution);
            if (json.length > LARGEST_VALUE) {
                refuse(request, tooLarge(attribution, json.length));
                return;
            }
            all.add(new ProducerRecord<>(
                    Topics.ATTRIBUTIONS,
                    null,
                    request.key(),
                    json,
                    CloudEventHeaders.ofJson(attribution, AnswerRequests.SOURCE)));
        }
        records.addAll(all);
        Instant requestedAt = Instant.ofEpochMilli(request.timestamp());
        whenCommitted.add(() -> attributions.forEach(attribution -> metrics.explained(attribution, requestedAt)));
    }

    private static String tooLarge(Attribution attribution, int bytes) {
        return "the " + attribution.method() + " attribution has " + bytes + " bytes with its picture, more than the "
                + LARGEST_VALUE + " that fit into a record; send a smaller image";
    }

    @Override
    public Stream<ProducerRecord<String, byte[]>> records() {
        return records.stream();
    }

    @Override
    public void committed() {
        whenCommitted.forEach(Runnable::run);
    }
}
