package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.DatasetRegistered.OffsetRange;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.messaging.ImageRecords;
import io.karyoflow.ingest.dataset.PublishImages;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;

/** Labelled images to the topic {@code images}. */
@Startup // else its meter would not be there before the first import
@ApplicationScoped
class KafkaImagePublisher implements PublishImages {
    static final String SOURCE = "ingest";

    private final Producer<String, byte[]> producer;
    private final Counter published;

    KafkaImagePublisher(Producer<String, byte[]> producer, MeterRegistry metrics) {
        this.producer = producer;
        this.published = Counter.builder("karyoflow.ingest.images.published")
                .description("labelled images that Kafka has acknowledged, in imports that were completed")
                .register(metrics);
    }

    @Override
    public Publication begin() {
        Sending sending = new Sending(producer);
        return new Publication() {
            @Override
            public void send(LabelledImage image) {
                sending.send(ImageRecords.of(image, SOURCE));
            }

            @Override
            public int acknowledged() {
                return sending.acknowledged();
            }

            @Override
            public List<OffsetRange> complete() {
                sending.awaitAll();
                published.increment(sending.acknowledged());
                return sending.ranges();
            }

            @Override
            public void close() {
                sending.awaitAll();
            }
        };
    }
}
