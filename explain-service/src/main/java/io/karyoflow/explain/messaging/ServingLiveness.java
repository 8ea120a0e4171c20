package io.karyoflow.explain.messaging;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Without its threads this process does nothing: restart it. */
@Liveness
class ServingLiveness implements HealthCheck {
    private final ExplanationRequestsConsumer consumer;

    ServingLiveness(ExplanationRequestsConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("explanation requests threads")
                .status(consumer.isAlive())
                .build();
    }
}
