package io.karyoflow.common.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.runtime.DjlModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TakePromotionsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ModelBundle A = TinyModel.bundle("a");
    private static final ModelBundle B = TinyModel.bundle("b");

    @TempDir
    private Path workFolder;

    private final Map<String, ModelBundle> stored = Map.of(A.id(), A, B.id(), B);
    private final List<String> loaded = new ArrayList<>();
    private int storeIsAwayFor;

    private final ServedModels<DjlModel> models = new ServedModels<>(this::find, this::open);
    private final TakePromotions takePromotions =
            new TakePromotions(models, Duration.ofMillis(1), Duration.ofMillis(2), "test");

    @AfterEach
    void close() {
        models.close();
    }

    @Test
    void loadsOnlyTheNewest() throws Exception {
        List<ProducerRecord<String, byte[]>> deadLetters =
                takePromotions.take(List.of(promotion(A.id(), A, 0), promotion(B.id(), B, 1)));

        assertThat(models.currentId()).contains(B.id());
        assertThat(loaded).containsExactly(B.id());
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void fallsBackOnTheOneBeforeWhenTheNewestCannotBeServed() throws Exception {
        List<ProducerRecord<String, byte[]>> deadLetters =
                takePromotions.take(List.of(promotion(A.id(), A, 0), promotion("gone", B, 1)));

        assertThat(models.currentId()).contains(A.id());
        assertThat(deadLetters).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("models-dead-letter");
            assertThat(header(record, DeadLetters.REASON)).contains("gone");
            assertThat(header(record, DeadLetters.ORIGIN)).isEqualTo("test");
        });
    }

    @Test
    void whoWentToAnotherModelAndBackBeforeItWasHeardOfHasTheFirst() throws Exception {
        takePromotions.take(List.of(promotion(A.id(), A, 0)));

        takePromotions.take(List.of(promotion(B.id(), B, 1), promotion(A.id(), A, 2)));

        assertThat(models.currentId()).contains(A.id());
        assertThat(loaded).containsExactly(A.id());
    }

    @Test
    void givesBackWhatIsNoPromotion() throws Exception {
        List<ProducerRecord<String, byte[]>> deadLetters = takePromotions.take(List.of(
                record("nonsense".getBytes(StandardCharsets.UTF_8)), record(null), record(new byte[] {'{', '}'})));

        assertThat(deadLetters)
                .extracting(record -> header(record, DeadLetters.REASON))
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("not a ModelPromoted"),
                        reason -> assertThat(reason).contains("no value"),
                        reason -> assertThat(reason).contains("role, modelId, sha256 and promotedAt must be there"));
        assertThat(models.currentId()).isEmpty();
    }

    @Test
    void waitsForAModelStoreThatCannotBeReached() throws Exception {
        storeIsAwayFor = 3;

        List<ProducerRecord<String, byte[]>> deadLetters = takePromotions.take(List.of(promotion(A.id(), A, 0)));

        assertThat(models.currentId()).contains(A.id());
        assertThat(deadLetters).isEmpty();
    }

    private Optional<ModelBundle> find(String id) {
        if (storeIsAwayFor-- > 0) {
            throw new IllegalStateException("no connection");
        }
        return Optional.ofNullable(stored.get(id));
    }

    private DjlModel open(ModelBundle bundle) {
        loaded.add(bundle.id());
        return DjlModel.open(bundle, workFolder, 1);
    }

    private static ConsumerRecord<String, byte[]> promotion(String id, ModelBundle bundle, int minutes) {
        return record(MessageJson.write(new ModelPromoted(
                "default", id, bundle.sha256(), "study", "trial", NOON.plus(Duration.ofMinutes(minutes)))));
    }

    private static ConsumerRecord<String, byte[]> record(byte[] value) {
        return new ConsumerRecord<>(Topics.MODELS, 0, 0, "default", value);
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
