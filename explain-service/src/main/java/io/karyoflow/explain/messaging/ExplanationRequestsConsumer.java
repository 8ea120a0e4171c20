package io.karyoflow.explain.messaging;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.messaging.ExactlyOnceClients;
import io.karyoflow.common.messaging.Pauses;
import io.karyoflow.common.messaging.ServeRequests;
import io.karyoflow.common.messaging.ServingThread;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.explanation.ExplainImages;
import io.karyoflow.explain.explanation.Lane;
import io.karyoflow.explain.explanation.MethodOptions;
import io.karyoflow.explain.recent.RecentRequests;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.CommonClientConfigs;

/** Runs {@link ServeRequests} for each lane, in a group and on a thread of its own, for as long as the service is up. */
@Singleton
class ExplanationRequestsConsumer {
    private final Map<String, Object> connection;
    private final MethodOptions methods;
    private final ServedModels<ServedModel> models;
    private final ExplainImages explainImages;
    private final ImageDecoder decoder;
    private final ExplainMetrics metrics;
    private final RecentRequests recent;
    private final RequestsConfiguration configuration;
    private volatile List<ServingThread> servings = List.of();

    ExplanationRequestsConsumer(
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            MethodOptions methods,
            ServedModels<ServedModel> models,
            ExplainImages explainImages,
            ImageDecoder decoder,
            ExplainMetrics metrics,
            RecentRequests recent,
            RequestsConfiguration configuration) {
        this.connection = connection;
        this.methods = methods;
        this.models = models;
        this.explainImages = explainImages;
        this.decoder = decoder;
        this.metrics = metrics;
        this.recent = recent;
        this.configuration = configuration;
    }

    void start(@Observes StartupEvent started) {
        List<ServingThread> all = new ArrayList<>();
        for (Lane lane : Lane.values()) {
            ServeRequests loop = new ServeRequests(
                    Topics.EXPLANATION_REQUESTS,
                    clients(lane),
                    CompletableFuture.completedStage(null), // each request names its model
                    new AnswerRequests(lane, methods, models, explainImages, decoder, metrics, recent),
                    metrics.watching(lane),
                    new Pauses(configuration.shortestPause(), configuration.longestPause()));
            all.add(ServingThread.start(loop, Topics.EXPLANATION_REQUESTS + "-" + lane.id()));
        }
        servings = List.copyOf(all);
    }

    private ExactlyOnceClients clients(Lane lane) {
        String suffix = "-" + lane.id();
        return new ExactlyOnceClients(
                connection,
                configuration.group() + suffix,
                configuration.transactionalId() + suffix,
                named(configuration.consumer(), suffix),
                named(configuration.producer(), suffix));
    }

    private static Map<String, String> named(Map<String, String> settings, String suffix) {
        Map<String, String> named = new HashMap<>(settings);
        named.computeIfPresent(CommonClientConfigs.CLIENT_ID_CONFIG, (key, id) -> id + suffix);
        return named;
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        servings.forEach(ServingThread::requestStop);
        for (ServingThread serving : servings) {
            serving.awaitEnd();
        }
    }

    boolean isAlive() {
        return !servings.isEmpty() && servings.stream().allMatch(ServingThread::isAlive);
    }

    Optional<String> problem() {
        return servings.stream().flatMap(serving -> serving.problem().stream()).findFirst();
    }
}
