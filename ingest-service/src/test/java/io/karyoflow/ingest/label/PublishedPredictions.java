package io.karyoflow.ingest.label;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Prediction;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.TestTopics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The inference service, as far as its topic shows it: predictions are written in transactions. */
final class PublishedPredictions implements AutoCloseable {
    private final TestTopics topics;
    private final KafkaProducer<String, byte[]> producer;

    PublishedPredictions(String bootstrapServers) {
        topics = new TestTopics(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        producer = topics.producer(
                Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, UUID.randomUUID().toString()));
        producer.initTransactions();
    }

    static ProducerRecord<String, byte[]> record(Prediction prediction) {
        return record(prediction.requestId(), MessageJson.write(prediction));
    }

    static ProducerRecord<String, byte[]> record(String key, byte[] value) {
        return new ProducerRecord<>(Topics.PREDICTIONS, key, value);
    }

    @SafeVarargs
    final void commit(ProducerRecord<String, byte[]>... records) {
        commit(List.of(records));
    }

    void commit(List<ProducerRecord<String, byte[]>> records) {
        producer.beginTransaction();
        records.forEach(producer::send);
        producer.commitTransaction();
    }

    void abort(ProducerRecord<String, byte[]> unwanted) {
        producer.beginTransaction();
        producer.send(unwanted);
        producer.flush();
        producer.abortTransaction();
    }

    @Override
    public void close() {
        producer.close();
        topics.close();
    }
}
