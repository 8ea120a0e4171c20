package io.karyoflow.trainer.messaging;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while no slot is kept from taking trials, as without the right to join its group: nobody would see it otherwise. */
@Readiness
@ApplicationScoped
public class SlotsReadiness implements HealthCheck {
    private final TrialSlots slots;

    SlotsReadiness(TrialSlots slots) {
        this.slots = slots;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("trial requests");
        boolean ready = true;
        for (TrialSlot slot : slots.slots()) {
            Optional<String> problem = slot.problem();
            problem.ifPresent(reason -> response.withData(slot.name() + " tries again after", reason));
            ready &= problem.isEmpty();
        }
        return response.status(ready).build();
    }
}
