package io.karyoflow.common.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperparametersTest {
    @Test
    void whatIsLeftOutHasItsDefault() {
        assertThat(Hyperparameters.of(Map.of())).isEqualTo(Hyperparameters.DEFAULTS);
        Hyperparameters some = Hyperparameters.of(Map.of("width", 24, "dropout", 0.5));
        Map<String, Object> values = new LinkedHashMap<>(Hyperparameters.DEFAULTS.asMap());
        values.put("width", 24);
        values.put("dropout", 0.5);
        assertThat(some.asMap()).isEqualTo(values);
    }

    @Test
    void anOlderMessageLacksWhatHasItsDefaultAndANewerOneHasWhatIsIgnored() {
        String older =
                "{\"learningRate\":0.01,\"batchSize\":32,\"dropout\":0.3,\"width\":16,\"inputSize\":32,\"augment\":true}";
        String newer = MessageJson.writeText(Hyperparameters.DEFAULTS).replace("}", ",\"unheardOf\":0.9}");

        assertThat(MessageJson.read(older, Hyperparameters.class))
                .isEqualTo(Hyperparameters.of(Map.of("learningRate", 0.01)));
        assertThat(MessageJson.read(newer, Hyperparameters.class)).isEqualTo(Hyperparameters.DEFAULTS);
        assertThatThrownBy(() -> MessageJson.read(older.replace("0.3", "0.95"), Hyperparameters.class))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("dropout is 0.95");
    }

    @Test
    void choicesAreWrittenAsInMessages() {
        Hyperparameters some = Hyperparameters.of(Map.of("trainable", "staged", "weights", "backbone.safetensors"));

        assertThat(some.trainable()).isEqualTo(Trainable.STAGED);
        assertThat(some.asMap()).containsEntry("trainable", "staged").containsEntry("weights", "backbone.safetensors");
        assertThatThrownBy(() -> Hyperparameters.of(Map.of("trainable", "some")))
                .hasMessageContaining("trainable")
                .hasMessageContaining("head, staged, all");
    }

    @Test
    void namesAndValuesAgree() {
        assertThat(Hyperparameters.DEFAULTS.asMap().keySet()).containsExactlyElementsOf(Hyperparameters.names());
        assertThat(Hyperparameters.of(Hyperparameters.DEFAULTS.asMap())).isEqualTo(Hyperparameters.DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource({
        "learningRate,0,above 0 and at most 1",
        "learningRate,1.01,above 0 and at most 1",
        "learningRate,NaN,above 0 and at most 1",
        "batchSize,1,from 2 to 1024",
        "batchSize,1025,from 2 to 1024",
        "dropout,-0.1,from 0 to 0.9",
        "dropout,0.91,from 0 to 0.9",
        "dropout,NaN,from 0 to 0.9",
        "width,3,from 4 to 128",
        "width,129,from 4 to 128",
        "inputSize,8,a multiple of 8 from 16 to 256",
        "inputSize,33,a multiple of 8 from 16 to 256",
        "kernel,4,3 or 5",
        "layerDecay,0,above 0 and at most 1",
        "weightDecay,-0.1,from 0 to 1",
        "labelSmoothing,0.6,from 0 to 0.5",
        "stainJitter,NaN,from 0 to 1",
        "momentum,1,from 0 to 0.999",
        "earlyStopping,-1,from 0 to 1000"
    })
    void aValueOutOfRangeIsNamedWithItsRange(String name, String value, String range) {
        Object number = Hyperparameters.DEFAULTS.asMap().get(name) instanceof Integer
                ? (Object) Integer.valueOf(value)
                : Double.valueOf(value);

        assertThatThrownBy(() -> Hyperparameters.of(Map.of(name, number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(range)
                .hasMessageNotContaining("java.");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theSchemaSaysWhatEachMayBeAndIsWhenLeftOut() {
        Map<?, ?> properties = (Map<?, ?>) HyperparameterSchema.json().get("properties");

        assertThat(properties.get("learningRate"))
                .isEqualTo(Map.of(
                        "type",
                        "number",
                        "exclusiveMinimum",
                        0L,
                        "maximum",
                        1L,
                        "default",
                        0.001,
                        "description",
                        "step size at the schedule's highest point"));
        assertThat((Map<Object, Object>) properties.get("inputSize"))
                .containsEntry("type", "integer")
                .containsEntry("multipleOf", 8L)
                .containsEntry("default", 32);
        assertThat((Map<Object, Object>) properties.get("kernel")).containsEntry("enum", List.of(3, 5));
        assertThat((Map<Object, Object>) properties.get("optimiser"))
                .containsEntry("enum", List.of("adamw", "adam", "sgd"))
                .containsEntry("default", "adamw");
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> Hyperparameters.of(Map.of("learning_rate", 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'learning_rate'")
                .hasMessageContaining("width, kernel");
    }

    @Test
    void aValueOfTheWrongTypeIsRefused() {
        assertThatThrownBy(() -> Hyperparameters.of(Map.of("width", "wide")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width");
        assertThatThrownBy(() -> Hyperparameters.of(Map.of("flipsAndTurns", 3.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flipsAndTurns");
    }

    @Test
    void aFractionIsNotSilentlyCutToAWholeNumber() {
        assertThatThrownBy(() -> Hyperparameters.of(Map.of("width", 16.7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width");
        assertThat(Hyperparameters.of(Map.of("width", 24.0)).width()).isEqualTo(24);
    }
}
