package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.message.UnreadableMessageException;
import io.karyoflow.trainer.TinyNuclei;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialRequestReaderTest {
    private static final TrialRequested REQUEST = new TrialRequested(
            "t",
            1,
            "s",
            Architecture.CONVNET,
            Hyperparameters.DEFAULTS,
            3,
            0,
            TinyNuclei.registration("d", 9, List.of()),
            0);

    @Test
    void readsWhatTheTunerWrites() {
        assertThat(TrialRequestReader.read(MessageJson.write(REQUEST))).isEqualTo(REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"trialId\":\"t\"|\"x\":1|trialId is missing",
                "\"epochs\":3|\"epochs\":0|epochs is 0",
                "\"convnet\"|\"transformer\"|TrialRequested",
                "\"learningRate\":0.001|\"learningRate\":7|learningRate",
                "\"classes\":[\"dark\",\"pale\",\"striped\"]|\"classes\":[\"one\"]|at least 2 classes",
            })
    void refusesWhatNoTrainerCouldServe(String part, String instead, String reason) {
        String json = MessageJson.writeText(REQUEST);
        assertThat(json).contains(part);

        assertThatThrownBy(() ->
                        TrialRequestReader.read(json.replace(part, instead).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> TrialRequestReader.read(new byte[] {1, 2, 3}))
                .isInstanceOf(UnreadableMessageException.class);
    }
}
