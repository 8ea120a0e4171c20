package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.CloudEventHeaders;
import io.karyoflow.ingest.dataset.AnnounceDataset;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Registrations to the topic {@code datasets}. */
@ApplicationScoped
class KafkaDatasetAnnouncer implements AnnounceDataset {
    private final Producer<String, byte[]> producer;

    KafkaDatasetAnnouncer(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void announce(DatasetRegistered registration) {
        Sending sending = new Sending(producer);
        sending.send(new ProducerRecord<>(
                Topics.DATASETS,
                null,
                registration.datasetId(),
                MessageJson.write(registration),
                CloudEventHeaders.ofJson(registration, KafkaImagePublisher.SOURCE)));
        sending.awaitAll();
    }
}
