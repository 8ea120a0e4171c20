package io.karyoflow.ingest.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
import io.karyoflow.common.messaging.ServingThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs {@link ServeRequests} on a thread of its own for as long as the service is up: its answers are dead letters alone. */
@Singleton
class PredictionsConsumer {
    private static final int AFTER_TOPICS = 100;

    private final Map<String, Object> connection;
    private final StorePredictions storePredictions;
    private final LabelMetrics metrics;
    private final LabelsConfig config;
    private volatile ServingThread serving;

    PredictionsConsumer(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            StorePredictions storePredictions,
            LabelMetrics metrics,
            LabelsConfig config) {
        this.connection = connection;
        this.storePredictions = storePredictions;
        this.metrics = metrics;
        this.config = config;
    }

    void start(@Observes @Priority(AFTER_TOPICS) StartupEvent started) {
        ExactlyOnceClients clients = new ExactlyOnceClients(
                connection, config.group(), config.transactionalId(), config.consumer(), config.producer());
        ServeRequests loop = new ServeRequests(
                Topics.PREDICTIONS,
                clients,
                CompletableFuture.completedFuture(null),
                storePredictions,
                metrics,
                new Pauses(config.shortestPause(), config.longestPause()));
        serving = ServingThread.start(loop, "labels");
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (serving != null) {
            serving.requestStop();
            serving.awaitEnd();
        }
    }

    boolean isAlive() {
        return serving != null && serving.isAlive();
    }

    Optional<String> problem() {
        return serving == null ? Optional.empty() : serving.problem();
    }
}
