package io.karyoflow.trainer.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** Up while every slot takes its turns with the share group; Kafka being away does not make a trainer dead. */
@Liveness
@ApplicationScoped
public class SlotsLiveness implements HealthCheck {
    /** a turn lasts seconds, or while Kafka is away as long as its client waits for it */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(5);

    private final TrialSlots slots;

    SlotsLiveness(TrialSlots slots) {
        this.slots = slots;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("trial slots");
        boolean allAlive = true;
        for (TrialSlot slot : slots.slots()) {
            boolean alive = slot.isAlive(LONGEST_TURN);
            response.withData(slot.name(), alive ? "alive" : "stuck");
            allAlive &= alive;
        }
        return response.status(allAlive).build();
    }
}
