package io.karyoflow.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GuardedProcessTest {
    @TempDir
    Path folder;

    @Test
    void theLogHoldsWhatTheCommandSaysAndTheStatusIsItsOwn() throws Exception {
        GuardedProcess process =
                start(shell("echo \"hello $WHO\"; echo trouble >&2; exit 3").with(Map.of("WHO", "nucleus")));

        assertThat(process.ended().get(30, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(process.logTail()).isEqualTo("hello nucleus\ntrouble");
    }

    @Test
    void closeAsksTheCommandToStopWithItsSignal() throws Exception {
        GuardedProcess process = start(shell("trap 'echo asked; exit 0' USR1; echo ready; while :; do sleep 0.1; done")
                .stoppedBy("USR1", Duration.ofSeconds(20)));
        awaitLog(process, "ready");

        process.close();

        assertThat(process.logTail()).endsWith("asked");
        assertThat(process.ended().get(1, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void whoeverDoesNotStopWithinItsGraceIsKilled() throws Exception {
        GuardedProcess process = start(shell("trap '' TERM; echo ready; while :; do sleep 0.1; done")
                .stoppedBy("TERM", Duration.ofSeconds(1)));
        awaitLog(process, "ready");

        process.close();

        assertThat(process.child().isAlive()).isFalse();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void theGuardEndsWithAChildThatIsKilledAndDeletesWhatItShould() throws Exception {
        Path working = Files.createDirectories(folder.resolve("with spaces/working"));
        Files.writeString(working.resolve("data"), "1");
        GuardedProcess process = start(shell("while :; do sleep 0.1; done").inItsOwn(working));

        process.child().destroyForcibly();

        assertThat(process.ended().get(30, TimeUnit.SECONDS)).isNotZero();
        assertThat(working).doesNotExist();
        assertThat(working.getParent()).doesNotExist();
        assertThat(folder).exists();
    }

    private GuardedCommand shell(String script) {
        return GuardedCommand.of("a script", folder.resolve("script.log"), List.of("sh", "-c", script));
    }

    private static GuardedProcess start(GuardedCommand command) {
        return GuardedProcess.start(command);
    }

    private static void awaitLog(GuardedProcess process, String text) throws InterruptedException {
        while (!process.logTail().contains(text)) {
            Thread.sleep(20);
        }
    }
}
