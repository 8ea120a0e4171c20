package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ResendDeadLettersTest {
    private final StringWriter errors = new StringWriter();

    @TempDir
    private Path folder;

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

    @Test
    void settingsThatCannotBeReadAreAMistake() {
        assertThat(run(Topics.PREDICTION_REQUESTS, "--command-config", "nowhere.properties"))
                .isEqualTo(2);
        assertThat(errors.toString())
                .contains("--command-config nowhere.properties cannot be read: there is no such file; name a");
    }

    /** No client can be made with this one. */
    @Test
    void theProducerHasTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "security.protocol=NOPE");

        assertThat(run(Topics.PREDICTION_REQUESTS, "--command-config", file.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("NOPE");
    }

    @Test
    void theConsumersHaveTheSettings() throws Exception {
        Path file = Files.writeString(folder.resolve("client.properties"), "security.protocol=NOPE");

        assertThat(run(Topics.PREDICTION_REQUESTS, "--dry-run", "--command-config", file.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("NOPE");
    }

    private int run(String... arguments) {
        CommandLine command = ResendDeadLetters.commandLine();
        command.setErr(new PrintWriter(errors, true));
        return command.execute(arguments);
    }
}
