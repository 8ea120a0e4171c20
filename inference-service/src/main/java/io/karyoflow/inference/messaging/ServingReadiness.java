package io.karyoflow.inference.messaging;

import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready also before the first promotion: requests wait in their topic, and the data says for what. Not ready once its
 * thread ended, which says the liveness check too, but not everybody asks for that.
 */
@Readiness
class ServingReadiness implements HealthCheck {
    private final ServedModels<OpenClassifier> models;
    private final PredictionRequestsConsumer consumer;

    ServingReadiness(ServedModels<OpenClassifier> models, PredictionRequestsConsumer consumer) {
        this.models = models;
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = consumer.problem();
        HealthCheckResponseBuilder response = HealthCheckResponse.named("prediction requests")
                .withData("model", models.currentId().orElse("no model promoted yet"))
                .status(problem.isEmpty() && consumer.isAlive());
        problem.ifPresent(reason -> response.withData("trying again after", reason));
        return response.build();
    }
}
