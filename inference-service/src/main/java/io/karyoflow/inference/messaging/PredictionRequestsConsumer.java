package io.karyoflow.inference.messaging;

import io.karyoflow.common.concurrent.VitalThread;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
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
    private static final long MILLIS_TO_FINISH = 20_000;

    private final Map<String, Object> connection;
    private final ServedModels<OpenClassifier> models;
    private final AnswerRequests answerRequests;
    private final InferenceMetrics metrics;
    private final RequestsConfiguration configuration;
    private volatile ServeRequests loop;
    private volatile Thread thread;

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
        loop = new ServeRequests(Topics.PREDICTION_REQUESTS, clients, models.first(), answerRequests, metrics, pauses);
        thread = VitalThread.of(loop, Topics.PREDICTION_REQUESTS);
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
