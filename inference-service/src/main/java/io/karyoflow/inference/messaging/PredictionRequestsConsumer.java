package io.karyoflow.inference.messaging;

import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
import io.karyoflow.common.messaging.ServingThread;
import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Runs {@link ServeRequests} on a thread of its own for as long as the service is up. */
@Singleton
class PredictionRequestsConsumer {
    private final Map<String, Object> connection;
    private final ServedModels<OpenClassifier> models;
    private final AnswerRequests answerRequests;
    private final InferenceMetrics metrics;
    private final RequestsConfiguration configuration;
    private volatile ServingThread serving;

    PredictionRequestsConsumer(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            ServedModels<OpenClassifier> models,
            AnswerRequests answerRequests,
            InferenceMetrics metrics,
            RequestsConfiguration configuration) {
        this.connection = connection;
        this.models = models;
        this.answerRequests = answerRequests;
        this.metrics = metrics;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent started) {
        ExactlyOnceClients clients = new ExactlyOnceClients(
                connection,
                configuration.group(),
                configuration.transactionalId(),
                configuration.consumer(),
                configuration.producer());
        Pauses pauses = new Pauses(configuration.shortestPause(), configuration.longestPause());
        serving = ServingThread.start(
                new ServeRequests(Topics.PREDICTION_REQUESTS, clients, models.first(), answerRequests, metrics, pauses),
                Topics.PREDICTION_REQUESTS);
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
