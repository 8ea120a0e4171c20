package io.karyoflow.inference.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.runtime.OpenClassifier;
import io.karyoflow.common.runtime.ServedModels;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class ServingReadinessTest {
    @Test
    void isDownWithoutTheThreadThatAnswersEvenIfNothingFailed() {
        ServedModels<OpenClassifier> models = new ServedModels<>(id -> Optional.empty(), bundle -> null);
        PredictionRequestsConsumer notRunning = new PredictionRequestsConsumer(Map.of(), models, null, null, null);

        HealthCheckResponse response = new ServingReadiness(models, notRunning).call();

        assertThat(notRunning.problem()).isEmpty();
        assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }
}
