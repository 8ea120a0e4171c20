package io.karyoflow.ingest.messaging;

import io.karyoflow.common.concurrent.VitalThread;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
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
    private static final long MILLIS_TO_FINISH = 20_000;

    private final Map<String, Object> connection;
    private final StorePredictions storePredictions;
    private final LabelMetrics metrics;
    private final LabelsConfig config;
    private volatile ServeRequests loop;
    private volatile Thread thread;

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
        loop = new ServeRequests(
                Topics.PREDICTIONS,
                clients,
                CompletableFuture.completedFuture(null),
                storePredictions,
                metrics,
                new Pauses(config.shortestPause(), config.longestPause()));
        thread = VitalThread.of(loop, "labels");
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (thread != null) {
            loop.stop();
            thread.join(MILLIS_TO_FINISH);
        }
    }

    boolean isAlive() {
        return thread != null && thread.isAlive();
    }

    Optional<String> problem() {
        return loop == null ? Optional.empty() : loop.problem();
    }
}
