package io.karyoflow.launcher.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.embedded.GuardedCommand;
import io.karyoflow.embedded.GuardedProcess;
import io.karyoflow.launcher.progress.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TellOfEndedProcessesTest {
    @TempDir
    Path folder;

    @Test
    void eachIsToldOnceWithThePlaceOfItsLog() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        Progress progress = new Progress(new PrintStream(shown), false, Clock.systemUTC());
        List<GuardedProcess> ended = new ArrayList<>();
        TellOfEndedProcesses tell = new TellOfEndedProcesses(() -> ended, progress);

        tell.look();
        assertThat(shown.toString()).isEmpty();

        ended.add(endedProcess("trainer-service", 3));
        tell.look();
        tell.look();
        ended.add(endedProcess("tuner-service", 137));
        tell.look();

        assertThat(shown.toString().lines().map(String::strip))
                .containsExactly(
                        "trainer-service has ended with status 3, and its work is left undone; its log is "
                                + folder.resolve("trainer-service.log"),
                        "tuner-service has ended with status 137, and its work is left undone; its log is "
                                + folder.resolve("tuner-service.log"));
    }

    private GuardedProcess endedProcess(String name, int status) {
        GuardedProcess process = GuardedProcess.start(
                GuardedCommand.of(name, folder.resolve(name + ".log"), List.of("sh", "-c", "exit " + status)));
        process.ended().join();
        return process;
    }
}
