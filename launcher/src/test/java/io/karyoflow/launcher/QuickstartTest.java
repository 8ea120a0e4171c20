package io.karyoflow.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickstartTest {
    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(run("--speed", "fast")).isEqualTo(2);
        assertThat(errors.toString()).contains("--speed").contains("Usage: quickstart");
    }

    @Test
    void aStudyNeedsAtLeastOneTrialOfOneEpoch() {
        assertThat(run("--trials", "0")).isEqualTo(2);
        assertThat(run("--epochs", "-1")).isEqualTo(2);
        assertThat(errors.toString())
                .contains("--trials must be at least 1, not 0")
                .contains("--epochs must be at least 1, not -1");
    }

    @Test
    void aFolderThatIsNoneIsNamed() {
        assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("nowhere is not a folder");
    }

    @Test
    void allThatIsMissingInADataFolderIsNamed() throws Exception {
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("train.csv").contains("train.zip");

        errors.getBuffer().setLength(0);
        Files.writeString(folder.resolve("train.csv"), "Filename,Label\n");
        assertThat(run("--data", folder.toString())).isEqualTo(1);
        assertThat(errors.toString()).contains("there is no train.zip or a folder train/");
    }

    @Test
    void servicesThatAreNotBuiltAreNamed() {
        assertThat(run("--out", folder.resolve("out").toString())).isEqualTo(1);
        assertThat(errors.toString())
                .contains("ingest-service/target/quarkus-app/quarkus-run.jar is missing")
                .contains("mvn package");
    }

    private int run(String... arguments) {
        CommandLine command = Quickstart.commandLine(folder, false);
        command.setErr(new PrintWriter(errors));
        return command.execute(arguments);
    }
}
