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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"\"convnet\"", "0.001"})
    void saysWhichTrialItCannotRead(String part) {
        byte[] unreadable =
                MessageJson.writeText(REQUEST).replace(part, "\"?\"").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> TrialRequestReader.read(unreadable)).isInstanceOf(UnreadableMessageException.class);

        assertThat(TrialRequestReader.failure(unreadable, "not this and that", Instant.EPOCH))
                .hasValueSatisfying(failed -> {
                    assertThat(failed.studyId()).isEqualTo("s");
                    assertThat(failed.trialId()).isEqualTo("t");
                    assertThat(failed.attempt()).isEqualTo(1);
                    assertThat(failed.reason()).contains("not this and that");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "null",
                "{\"trialId\":\"t\",\"attempt\":1}",
                "{\"studyId\":\"s\",\"trialId\":\"t\"}"
            })
    void saysNothingOfATrialThatItDoesNotKnow(String unreadable) {
        assertThat(TrialRequestReader.failure(unreadable.getBytes(StandardCharsets.UTF_8), "", Instant.EPOCH))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> TrialRequestReader.read(new byte[] {1, 2, 3}))
                .isInstanceOf(UnreadableMessageException.class);
    }
}
