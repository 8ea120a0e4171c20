package io.karyoflow.ingest.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.ingest.image.PublishingFailedException;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class SendingTest {
    private final MockProducer<String, byte[]> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final Sending sending = new Sending(producer);

    @Test
    void afterAFailureNothingIsOnItsWay() {
        sending.send(record("lost"));
        sending.send(record("under way"));
        producer.errorNext(new TimeoutException("no broker"));

        assertThatThrownBy(() -> sending.send(record("too late")))
                .isInstanceOf(PublishingFailedException.class)
                .hasMessageContaining("no broker");

        assertThat(producer.flushed()).isTrue();
        assertThat(sending.acknowledged()).isEqualTo(1);
        assertThat(producer.history()).extracting(ProducerRecord::key).containsExactly("lost", "under way");
    }

    @Test
    void whatTheProducerRefusesAtOnceFailsAfterTheRestHasArrived() {
        sending.send(record("under way"));
        producer.sendException = new TimeoutException("no room");

        assertThatThrownBy(() -> sending.send(record("refused")))
                .isInstanceOf(PublishingFailedException.class)
                .hasMessageContaining("no room");

        assertThat(sending.acknowledged()).isEqualTo(1);
    }

    @Test
    void aProducerThatIsClosedIsAFailureLikeAnyOther() {
        producer.close();

        assertThatThrownBy(() -> sending.send(record("too late"))).isInstanceOf(PublishingFailedException.class);
    }

    private static ProducerRecord<String, byte[]> record(String key) {
        return new ProducerRecord<>("prediction-requests", key, new byte[1]);
    }
}
