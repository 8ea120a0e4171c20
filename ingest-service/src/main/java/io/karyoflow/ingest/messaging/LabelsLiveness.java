package io.karyoflow.ingest.messaging;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Without its thread no label is stored any more: restart this process. */
@Liveness
class LabelsLiveness implements HealthCheck {
    private final PredictionsConsumer consumer;

    LabelsLiveness(PredictionsConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("labels thread")
                .status(consumer.isAlive())
                .build();
    }
}
