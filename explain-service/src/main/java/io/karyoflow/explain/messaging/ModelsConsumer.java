package io.karyoflow.explain.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.TakePromotions;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hears of promoted models. */
@Singleton
class ModelsConsumer {
    private final ExplainMetrics metrics;
    private final TakePromotions takePromotions;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;

    ModelsConsumer(
            ServedModels<ServedModel> models,
            ExplainMetrics metrics,
            RequestsConfiguration configuration,
            @Channel("models-dead-letter") Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.metrics = metrics;
        this.takePromotions = new TakePromotions(
                models, configuration.shortestPause(), configuration.longestPause(), AnswerRequests.SOURCE);
        this.deadLetters = deadLetters;
    }

    /** Blocking: loading takes seconds and is not for the event loop. */
    @Incoming(Topics.MODELS)
    @Blocking
    void promoted(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        for (ProducerRecord<String, byte[]> deadLetter : takePromotions.take(records)) {
            metrics.refused(); // whether or not it can be sent
            deadLetters.send(deadLetter).toCompletableFuture().join();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        takePromotions.stop();
    }
}
