package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SkipExpiredTest {
    private static final TopicPartition PARTITION = new TopicPartition("requests", 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("none");
    private final SkipExpired skipExpired = new SkipExpired(consumer);

    @BeforeEach
    void beginAtSeventy() {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 70L));
    }

    @Test
    void whatWasDeletedBeforeItWasTakenIsCountedAndNotMetAgain() {
        long expired = skipExpired.goOnAfter(new OffsetOutOfRangeException(Map.of(PARTITION, 50L)));

        assertThat(expired).isEqualTo(20);
        assertGoesOnAt(70);
    }

    @Test
    void aGroupWithoutAnOffsetBeginsAtTheBeginningAndLosesNothingThatItKnewOf() {
        assertThat(skipExpired.goOnAfter(new NoOffsetForPartitionException(PARTITION)))
                .isZero();
        assertGoesOnAt(70);
    }

    @Test
    void aLogThatWasCutOffIsNotAnsweredFromItsBeginning() {
        long expired = skipExpired.goOnAfter(
                new LogTruncationException(Map.of(PARTITION, 95L), Map.of(PARTITION, new OffsetAndMetadata(90))));

        assertThat(expired).isZero();
        assertGoesOnAt(90);
    }

    @Test
    void otherPartitionsStayWhereTheyAre() {
        TopicPartition other = new TopicPartition("requests", 1);
        consumer.assign(List.of(PARTITION, other));
        consumer.updateBeginningOffsets(Map.of(other, 0L));
        consumer.seek(other, 33);

        skipExpired.goOnAfter(
                new LogTruncationException(Map.of(PARTITION, 95L), Map.of(PARTITION, new OffsetAndMetadata(90))));

        assertGoesOnAt(90);
        assertThat(consumer.position(other)).isEqualTo(33);
    }

    @Test
    void aTopicThatWasMadeAnewIsAnsweredFromItsBeginning() {
        assertThat(skipExpired.goOnAfter(new OffsetOutOfRangeException(Map.of(PARTITION, 5_000L))))
                .isZero();
        assertGoesOnAt(70);
    }

    private void assertGoesOnAt(long offset) {
        assertThat(consumer.position(PARTITION)).isEqualTo(offset);
        assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset())
                .isEqualTo(offset);
    }
}
