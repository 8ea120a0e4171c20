package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.common.runtime.ImageBatch;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.TinyModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

class ModelsConsumerTest {
    private static final ModelBundle BUNDLE = new ModelBundle("m", TinyModel.description("m"), "00", new byte[0]);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ServedModels<OpenClassifier> models = new ServedModels<>(
            id -> Optional.of(BUNDLE), bundle -> new UndecidedModel(bundle.id(), bundle.description()));
    private final ModelsConsumer consumer =
            new ModelsConsumer(models, new InferenceMetrics(registry), new NoPauses(), new SendsNothing());

    @Test
    void theModelThatServesIsShownThoughTheLetterOfAnotherPromotionCannotBeSentAndTheLetterIsCounted() {
        ModelPromoted promotion = new ModelPromoted("default", "m", "00", "study", "trial", Instant.now());

        assertThatThrownBy(() -> consumer.promoted(
                        records(MessageJson.write(promotion), "nonsense".getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("no broker");

        assertThat(registry.get("karyoflow.inference.model")
                        .tag("model", "m")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("karyoflow.inference.dead.letters").counter().count())
                .isEqualTo(1);
    }

    private static ConsumerRecords<String, byte[]> records(byte[] first, byte[] second) {
        return new ConsumerRecords<>(
                Map.of(
                        new TopicPartition(Topics.MODELS, 0),
                        List.of(
                                new ConsumerRecord<>(Topics.MODELS, 0, 0, "default", first),
                                new ConsumerRecord<>(Topics.MODELS, 0, 1, "default", second))),
                Map.of());
    }

    /** Finds every class equally probable. */
    private record UndecidedModel(String id, ModelDescription description) implements OpenClassifier {
        @Override
        public Classification classify(ImageBatch images) {
            int classes = description.classes().size();
            float[][] rows = new float[images.count()][classes];
            for (float[] row : rows) {
                Arrays.fill(row, 1f / classes);
            }
            return new Classification(rows, rows);
        }

        @Override
        public void close() {}
    }

    private record NoPauses() implements RequestsConfiguration {
        @Override
        public String group() {
            return "test";
        }

        @Override
        public String transactionalId() {
            return "test";
        }

        @Override
        public Duration shortestPause() {
            return Duration.ZERO;
        }

        @Override
        public Duration longestPause() {
            return Duration.ZERO;
        }

        @Override
        public Map<String, String> consumer() {
            return Map.of();
        }

        @Override
        public Map<String, String> producer() {
            return Map.of();
        }
    }

    private static final class SendsNothing implements Emitter<ProducerRecord<String, byte[]>> {
        @Override
        public CompletionStage<Void> send(ProducerRecord<String, byte[]> letter) {
            return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }

        @Override
        public <M extends Message<? extends ProducerRecord<String, byte[]>>> void send(M message) {
            message.nack(new IllegalStateException("no broker"));
        }

        @Override
        public void complete() {}

        @Override
        public void error(Exception e) {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean hasRequests() {
            return true;
        }
    }
}
