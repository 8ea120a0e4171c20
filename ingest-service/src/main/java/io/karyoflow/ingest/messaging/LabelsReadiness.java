package io.karyoflow.ingest.messaging;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as labels are stored when they come; else they wait in their topic, and the data says for what. */
@Readiness
class LabelsReadiness implements HealthCheck {
    private final PredictionsConsumer consumer;

    LabelsReadiness(PredictionsConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> problem = consumer.problem();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("labels").status(problem.isEmpty() && consumer.isAlive());
        problem.ifPresent(reason -> response.withData("trying again after", reason));
        return response.build();
    }
}
