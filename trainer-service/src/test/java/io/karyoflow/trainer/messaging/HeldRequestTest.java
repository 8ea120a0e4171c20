package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the hold on a request, by what the consumer says when it is polled. */
class HeldRequestTest {
    private static final ConsumerRecord<String, byte[]> REQUEST = request(7);

    private final Polled consumer = new Polled();
    private final HeldRequest held = new HeldRequest(consumer, REQUEST);

    @Test
    void aRequestThatComesBackIsHeldOn() {
        consumer.answer = REQUEST;

        held.renew();
        held.accept();

        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.RENEW, AcknowledgeType.ACCEPT);
        assertThat(held.isLost()).isFalse();
    }

    @Test
    void anotherRequestIsReleased() {
        consumer.answer = request(8);

        held.renew();
        held.accept();

        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.RENEW, AcknowledgeType.RELEASE);
        assertThat(held.isLost()).isTrue();
    }

    /** Such an exception would leave the trial running with nobody to stop it. */
    @ParameterizedTest
    @ValueSource(classes = {GroupAuthorizationException.class, IllegalStateException.class})
    void aPollThatFailsLosesTheHoldAndThrowsNothing(Class<? extends RuntimeException> kind) throws Exception {
        consumer.failure = kind.getConstructor(String.class).newInstance("trainers");

        held.renew();
        held.renew();
        held.accept();

        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.RENEW);
    }

    private static ConsumerRecord<String, byte[]> request(long offset) {
        return new ConsumerRecord<>(Topics.TRIAL_REQUESTS, 0, offset, "trial", new byte[0]);
    }

    private static final class Polled extends MockShareConsumer<String, byte[]> {
        final List<AcknowledgeType> acknowledged = new ArrayList<>();
        ConsumerRecord<String, byte[]> answer;
        RuntimeException failure;

        @Override
        public void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
            acknowledged.add(type);
        }

        @Override
        public ConsumerRecords<String, byte[]> poll(Duration timeout) {
            if (failure != null) {
                throw failure;
            }
            return new ConsumerRecords<>(Map.of(new TopicPartition(answer.topic(), 0), List.of(answer)), Map.of());
        }
    }
}
