package io.karyoflow.explain.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ServingReadinessTest {
    @Test
    void isDownWithoutTheThreadThatAnswersEvenIfNothingFailed() {
        ServedModels<ServedModel> models = new ServedModels<>(id -> Optional.empty(), bundle -> null);
        ExplanationRequestsConsumer notRunning =
                new ExplanationRequestsConsumer(Map.of(), null, models, null, null, null, null, null);

        HealthCheckResponse response = new ServingReadiness(models, notRunning).call();

        assertThat(notRunning.problem()).isEmpty();
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }
}
