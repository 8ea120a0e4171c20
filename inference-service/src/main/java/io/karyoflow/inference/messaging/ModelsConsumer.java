package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.common.messaging.DeadLetters;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.common.runtime.UnservableModelException;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of promoted models. Every instance reads the topic from its beginning at each start, so the newest promotion is
 * tried first and the older ones are then overtaken: only when the newest cannot be served does one before it load.
 */
@Singleton
class ModelsConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ModelsConsumer.class);

    private final ServedModels models;
    private final InferenceMetrics metrics;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;
    private final RequestsConfiguration configuration;
    private final CountDownLatch stopping = new CountDownLatch(1);

    ModelsConsumer(
            ServedModels models,
            InferenceMetrics metrics,
            RequestsConfiguration configuration,
            @Channel("models-dead-letter") Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.models = models;
        this.metrics = metrics;
        this.configuration = configuration;
        this.deadLetters = deadLetters;
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }

    /** Blocking: loading takes seconds and is not for the event loop. */
    @Incoming(Topics.MODELS)
    @Blocking
    void promoted(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<ConsumerRecord<String, byte[]>> newestFirst = new ArrayList<>();
        records.forEach(newestFirst::add);
        Collections.reverse(newestFirst);
        for (ConsumerRecord<String, byte[]> record : newestFirst) {
            try {
                promote(read(record));
            } catch (UnreadableMessageException | UnservableModelException e) {
                LOG.error("a promotion cannot be used: {}", e.getMessage(), e);
                deadLetters
                        .send(DeadLetters.of(record, e.getMessage(), AnswerRequests.SOURCE))
                        .toCompletableFuture()
                        .join();
            }
        }
        metrics.serving(models);
    }

    /** Waits for as long as the model store cannot be reached: that is not the promotion's fault. */
    private void promote(ModelPromoted promotion) throws InterruptedException {
        Pauses pauses = new Pauses(configuration.shortestPause(), configuration.longestPause());
        while (stopping.getCount() > 0) {
            try {
                models.promote(promotion);
                return;
            } catch (UnservableModelException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.error("model {} cannot be fetched now; trying again", promotion.modelId(), e);
                stopping.await(pauses.next().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static ModelPromoted read(ConsumerRecord<String, byte[]> record) {
        ModelPromoted promotion = MessageJson.read(record.value(), ModelPromoted.class);
        if (promotion.modelId() == null || promotion.sha256() == null || promotion.promotedAt() == null) {
            throw new UnreadableMessageException(
                    "not a ModelPromoted: modelId, sha256 and promotedAt must be there, found " + promotion);
        }
        return promotion;
    }
}
