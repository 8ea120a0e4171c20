package io.karyoflow.ingest.messaging;

import static io.karyoflow.ingest.label.TestLabels.PREDICTED;
import static io.karyoflow.ingest.label.TestLabels.prediction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.ingest.label.KeepLabels;
import io.karyoflow.ingest.label.StoredLabel;
import io.karyoflow.ingest.label.UnstorableLabelException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StorePredictionsTest {
    private final FakeLabels labels = new FakeLabels();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final StorePredictions storePredictions = new StorePredictions(labels, new LabelMetrics(metrics));

    @Test
    void whatComesTogetherIsStoredTogether() {
        StorePredictions.Stored stored = storePredictions.answer(records(record("a"), record("b")));
        stored.committed();

        assertThat(labels.batches).containsExactly(List.of("a", "b"));
        assertThat(stored.records()).isEmpty();
        assertThat(metrics.counter("karyoflow.ingest.labels.stored").count()).isEqualTo(2);
    }

    @Test
    void whatCannotBeReadIsADeadLetterAndDoesNotStopTheRest() {
        StorePredictions.Stored stored = storePredictions.answer(
                records(record("a"), record("broken", "{".getBytes(StandardCharsets.UTF_8)), record("none", null)));
        stored.committed();

        assertThat(labels.batches).containsExactly(List.of("a"));
        assertThat(stored.records()).extracting(ProducerRecord::key).containsExactly("broken", "none");
        assertThat(stored.records())
                .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo("predictions-dead-letter"))
                .extracting(StorePredictionsTest::reason)
                .allMatch(reason -> reason.contains("Prediction"));
        assertThat(metrics.counter("karyoflow.ingest.labels.dead.letters").count())
                .isEqualTo(2);
    }

    @Test
    void whatCannotBeStoredIsADeadLetterAndTheOthersAreStored() {
        labels.refused = "b";

        StorePredictions.Stored stored = storePredictions.answer(records(record("a"), record("b"), record("c")));

        assertThat(labels.batches).containsExactly(List.of("a"), List.of("c"));
        assertThat(stored.records()).extracting(ProducerRecord::key).containsExactly("b");
        assertThat(stored.records()).extracting(StorePredictionsTest::reason).containsExactly("too long");
    }

    @Test
    void anOutageIsNoFaultOfTheLabels() {
        labels.away = true;

        assertThatThrownBy(() -> storePredictions.answer(records(record("a"))))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static String reason(ProducerRecord<String, byte[]> letter) {
        return new String(letter.headers().lastHeader(DeadLetters.REASON).value(), StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<String, byte[]> record(String id) {
        return record(id, MessageJson.write(prediction(id, "7", 1L, 2L, 0, PREDICTED)));
    }

    private static ConsumerRecord<String, byte[]> record(String id, byte[] value) {
        return new ConsumerRecord<>(Topics.PREDICTIONS, 0, 0, id, value);
    }

    @SafeVarargs
    private static ConsumerRecords<String, byte[]> records(ConsumerRecord<String, byte[]>... records) {
        return new ConsumerRecords<>(Map.of(new TopicPartition(Topics.PREDICTIONS, 0), List.of(records)), Map.of());
    }

    /** Keeps the ids of what is stored, by batch. */
    private static final class FakeLabels implements KeepLabels {
        private final List<List<String>> batches = new ArrayList<>();
        private String refused;
        private boolean away;

        @Override
        public void store(List<StoredLabel> labels) {
            List<String> ids = labels.stream().map(StoredLabel::requestId).toList();
            if (away) {
                throw new StoreUnavailableException("away", null);
            }
            if (ids.contains(refused)) {
                throw new UnstorableLabelException("too long", null);
            }
            batches.add(ids);
        }
    }
}
