package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.ingest.image.PublishRequests;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** Requests to the topic {@code prediction-requests}. */
@ApplicationScoped
class KafkaRequestPublisher implements PublishRequests {
    private final Producer<String, byte[]> producer;

    KafkaRequestPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    @Override
    public void publish(List<PredictionRequest> requests) {
        Sending sending = new Sending(producer);
        requests.forEach(request -> sending.send(ImageRecords.of(request, KafkaImagePublisher.SOURCE)));
        sending.awaitAll();
    }
}
