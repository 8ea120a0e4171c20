package io.karyoflow.inference.messaging;

import io.karyoflow.common.runtime.ServedModels;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Runs {@link ServeRequests} on a thread of its own for as long as the service is up. Not a SmallRye channel: its
 * transactions report success when the commit has failed, and go on behind the lost batch.
 */
@Singleton
class PredictionRequestsConsumer {
    private static final long MILLIS_TO_FINISH = 20_000;

    private final KafkaClients clients;
    private final ServedModels models;
    private final AnswerRequests answerRequests;
    private final InferenceMetrics metrics;
    private final RequestsConfiguration configuration;
    private volatile ServeRequests loop;
    private volatile Thread thread;

    PredictionRequestsConsumer(
            KafkaClients clients,
            ServedModels models,
            AnswerRequests answerRequests,
            InferenceMetrics metrics,
            RequestsConfiguration configuration) {
        this.clients = clients;
        this.models = models;
        this.answerRequests = answerRequests;
        this.metrics = metrics;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent started) {
        Pauses pauses = new Pauses(configuration.shortestPause(), configuration.longestPause());
        loop = new ServeRequests(clients, models, answerRequests, metrics, pauses);
        thread = new Thread(loop, "prediction-requests");
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
