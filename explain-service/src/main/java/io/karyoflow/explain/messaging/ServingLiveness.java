package io.karyoflow.explain.messaging;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Without its thread this process does nothing: restart it. */
@Liveness
class ServingLiveness implements HealthCheck {
    private final PredictionRequestsConsumer consumer;

    ServingLiveness(PredictionRequestsConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("prediction requests thread")
                .status(consumer.isAlive())
                .build();
    }
}
