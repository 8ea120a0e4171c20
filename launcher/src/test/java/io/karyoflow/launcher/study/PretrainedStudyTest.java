package io.karyoflow.launcher.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.Trainable;
import io.karyoflow.launcher.weights.PretrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PretrainedStudyTest {
    private static final Path WEIGHTS = Path.of("/weights/w.safetensors");
    private static final StudyBudget BUDGET = new StudyBudget(2, 1, 6, 7);

    @Test
    void everyTrialStartsFromTheFileAndTrainsAllLayers() {
        JsonNode study = specification(PretrainedNetwork.MOBILENETV2);
        Map<String, Object> values = new LinkedHashMap<>();
        study.path("space").fields().forEachRemaining(field -> {
            JsonNode parameter = field.getValue();
            values.put(
                    field.getKey(),
                    MessageJson.mapper()
                            .convertValue(parameter.isObject() ? parameter.path("min") : parameter, Object.class));
        });

        Hyperparameters hyperparameters = Hyperparameters.of(values);

        assertThat(hyperparameters.weights()).isEqualTo(WEIGHTS.toString());
        assertThat(hyperparameters.trainable()).isEqualTo(Trainable.ALL);
        assertThat(hyperparameters.inputSize()).isEqualTo(96);
        assertThat(hyperparameters.allowMissingWeights()).isFalse();
    }

    @Test
    void theModelMustBeBetterThanTheOneInServiceOnTheSameFold() {
        JsonNode pretrained = specification(PretrainedNetwork.MOBILENETV2);
        JsonNode convNet = json(new ConvNetStudy(48, true, BUDGET).specification("d1", false));
        assertThat(pretrained.path("promotion").asText()).isEqualTo("ifBetter");
        for (String same : new String[] {"dataset", "validationFold", "metric"}) {
            assertThat(pretrained.path(same)).isEqualTo(convNet.path(same));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNetworkIsNamedAsTrainersKnowIt(PretrainedNetwork network) {
        assertThat(MessageJson.mapper()
                        .convertValue(specification(network).path("architecture"), Architecture.class)
                        .name())
                .isEqualTo(network.name());
    }

    private static JsonNode specification(PretrainedNetwork network) {
        return json(new PretrainedStudy(network, WEIGHTS, BUDGET).specification("d1", false));
    }

    private static JsonNode json(Map<String, Object> specification) {
        return MessageJson.mapper().valueToTree(specification);
    }
}
