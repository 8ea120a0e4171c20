package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.AnswerBatch;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.ingest.label.KeepLabels;
import io.karyoflow.ingest.label.StoredLabel;
import io.karyoflow.ingest.label.UnstorableLabelException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores what comes together in one transaction of the database; what cannot be read or stored becomes a dead letter with its
 * reason. Offsets are committed afterwards, so after a crash some labels are stored again, which changes nothing.
 */
@Singleton
class StorePredictions implements AnswerBatch {
    private static final Logger LOG = LoggerFactory.getLogger(StorePredictions.class);

    private final KeepLabels labels;
    private final LabelMetrics metrics;

    StorePredictions(KeepLabels labels, LabelMetrics metrics) {
        this.labels = labels;
        this.metrics = metrics;
    }

    @Override
    public Stored answer(ConsumerRecords<String, byte[]> records) {
        Stored stored = new Stored(metrics);
        Map<ConsumerRecord<String, byte[]>, StoredLabel> readable = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            try {
                readable.put(record, StoredLabel.of(MessageJson.read(record.value(), Prediction.class)));
            } catch (UnreadableMessageException e) {
                stored.refuse(record, e.getMessage());
            }
        }
        try {
            labels.store(List.copyOf(readable.values()));
            stored.count += readable.size();
        } catch (UnstorableLabelException e) {
            storeOneByOne(readable, stored); // the transaction does not say which of them it was
        }
        return stored;
    }

    private void storeOneByOne(Map<ConsumerRecord<String, byte[]>, StoredLabel> readable, Stored stored) {
        readable.forEach((record, label) -> {
            try {
                labels.store(List.of(label));
                stored.count++;
            } catch (UnstorableLabelException e) {
                stored.refuse(record, e.getMessage());
            }
        });
    }

    /** What became of records that came together. */
    static final class Stored implements Answers {
        private final LabelMetrics metrics;
        private final List<ProducerRecord<String, byte[]>> deadLetters = new ArrayList<>();
        private int count;

        private Stored(LabelMetrics metrics) {
            this.metrics = metrics;
        }

        private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
            LOG.warn(
                    "the label of request {} (partition {}, offset {}) goes to the dead letters: {}",
                    record.key(),
                    record.partition(),
                    record.offset(),
                    reason);
            deadLetters.add(DeadLetters.of(record, reason, KafkaImagePublisher.SOURCE));
        }

        @Override
        public Stream<ProducerRecord<String, byte[]>> records() {
            return deadLetters.stream();
        }

        @Override
        public void committed() {
            metrics.stored(count);
            metrics.refused(deadLetters.size());
        }
    }
}
