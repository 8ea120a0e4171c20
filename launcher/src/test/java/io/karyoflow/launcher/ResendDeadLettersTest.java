package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ResendDeadLettersTest {
    private final StringWriter errors = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {Topics.TRIAL_REQUESTS, Topics.TRIAL_EVENTS, Topics.TRIAL_STOPS, Topics.MODELS, Topics.PREDICTIONS
            })
    void whatIsSaidOnceIsNotSaidAgainAndTheErrorSaysWhy(String topic) {
        assertThat(run(topic)).isEqualTo(2);
        assertThat(errors.toString()).contains("dead letters of " + topic + " are not sent again: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"images", "prediction-requests-dead-letter"})
    void anyOtherTopicIsAMistake(String topic) {
        assertThat(run(topic)).isEqualTo(2);
        assertThat(errors.toString())
                .contains("TOPIC must be prediction-requests or explanation-requests, not " + topic);
    }

    @Test
    void aTimeThatIsNoneIsAMistake() {
        assertThat(run(Topics.PREDICTION_REQUESTS, "--since", "yesterday")).isEqualTo(2);
        assertThat(errors.toString()).contains("--since", "yesterday");
    }

    private int run(String... arguments) {
        CommandLine command = ResendDeadLetters.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
