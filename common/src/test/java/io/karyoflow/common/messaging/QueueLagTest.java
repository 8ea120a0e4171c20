package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueLagTest {
    private static final TopicPartition PARTITION = new TopicPartition("questions", 0);
    private static final ConsumerRecords<String, byte[]> TAKEN = new ConsumerRecords<>(
            Map.of(PARTITION, List.of(new ConsumerRecord<>("questions", 0, 3, "id", new byte[0]))), Map.of());

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");

    @BeforeEach
    void itHasTakenOneOfSeven() {
        consumer.assign(List.of(PARTITION));
        consumer.updateEndOffsets(Map.of(PARTITION, 10L));
        consumer.seek(PARTITION, 4);
    }

    @Test
    void whatWasTakenWaitsToo() {
        assertThat(QueueLag.withTaken(consumer, TAKEN)).hasValue(7);
    }

    @Test
    void whereTheBrokerDoesNotSayWhatWaitsNothingFails() {
        consumer.setOffsetsException(new TimeoutException("the partition has no leader"));

        assertThat(QueueLag.withTaken(consumer, TAKEN)).isEmpty();
    }
}
