package io.karyoflow.explain.messaging;

import io.karyoflow.common.image.RgbImage;
import io.karyoflow.common.message.Attribution;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.common.messaging.CreateTopics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.explain.explanation.ExplainedImage;
import io.karyoflow.explain.explanation.Explanation;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a batch of requests is answered with: an attribution by each method, and a dead letter where one has none. */
final class ExplainAnswers implements AnswerBatch.Answers {
    private static final Logger LOG = LoggerFactory.getLogger(ExplainAnswers.class);

    /** Kafka counts the key, the headers and the framing too. */
    private static final int LARGEST_VALUE = CreateTopics.MAX_MESSAGE_BYTES - 128 * 1024;

    private final ExplainMetrics metrics;
    private final RecentRequests recent;
    private final List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    private final List<Runnable> whenCommitted = new ArrayList<>();

    ExplainAnswers(ExplainMetrics metrics, RecentRequests recent) {
        this.metrics = metrics;
        this.recent = recent;
    }

    void add(
            ConsumerRecord<String, byte[]> record,
            ExplanationRequested requested,
            RgbImage image,
            ExplainedImage explained) {
        Map<String, String> failures = new LinkedHashMap<>(explained.failures());
        for (Explanation explanation : explained.explanations()) {
            Attribution attribution = AttributionMessage.of(requested, image, explained, explanation);
            byte[] json = MessageJson.write(attribution);
            if (json.length > LARGEST_VALUE) {
                failures.put(explanation.method(), tooLarge(json.length));
                continue;
            }
            records.add(new ProducerRecord<>(
                    Topics.ATTRIBUTIONS,
                    null,
                    record.key(),
                    json,
                    CloudEventHeaders.ofJson(attribution, AnswerRequests.SOURCE)));
            whenCommitted.add(() -> metrics.explained(attribution, requested.requestedAt()));
        }
        if (!explained.explanations().isEmpty()) {
            whenCommitted.add(() -> recent.add(recent(requested, explained)));
        }
        if (!failures.isEmpty()) {
            refuse(
                    record,
                    failures.keySet(),
                    failures.entrySet().stream()
                            .map(failure -> failure.getKey() + ": " + failure.getValue())
                            .collect(Collectors.joining("; ")));
        }
    }

    /** Of a request of which nothing else can be answered either. */
    void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        refuse(record, reason, DeadLetters.of(record, reason, AnswerRequests.SOURCE));
    }

    /** @param methods by which the request is not answered here; the letter says so, lest it be sent again for all */
    void refuse(ConsumerRecord<String, byte[]> record, Collection<String> methods, String reason) {
        refuse(record, reason, DeadLetters.ofMethods(record, String.join(",", methods), reason, AnswerRequests.SOURCE));
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason, ProducerRecord<String, byte[]> letter) {
        LOG.warn(
                "request {} (partition {}, offset {}) goes to the dead letters: {}",
                record.key(),
                record.partition(),
                record.offset(),
                reason);
        records.add(letter);
        whenCommitted.add(metrics::refused);
    }

    private static RecentRequest recent(ExplanationRequested requested, ExplainedImage explained) {
        int target = AttributionMessage.targetClass(explained);
        return new RecentRequest(
                requested.request().id(),
                requested.request().filename(),
                requested.request().bytes(),
                requested.request().colours(),
                explained.classes().get(target),
                explained.probabilities()[target],
                explained.modelId(),
                Instant.now());
    }

    private static String tooLarge(int bytes) {
        return "the attribution has " + bytes + " bytes with its picture, more than the " + LARGEST_VALUE
                + " that fit into a record; send a smaller image";
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
