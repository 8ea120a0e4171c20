package io.karyoflow.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link GuardedProcess} runs.
 *
 * @param name for messages
 * @param arguments the program and its arguments
 * @param environment added to this JVM's own
 * @param logFile where its output is appended
 * @param stopSignal what asks it to stop, for example {@code TERM}
 * @param grace how long it may take to stop before it is killed; whole seconds
 * @param ownFolder an existing folder that the command runs in, and that its guard deletes once it has ended, even if
 *     this JVM is gone by then
 */
public record GuardedCommand(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        Path logFile,
        String stopSignal,
        Duration grace,
        Optional<Path> ownFolder) {

    public static GuardedCommand of(String name, Path logFile, List<String> arguments) {
        return new GuardedCommand(name, arguments, Map.of(), logFile, "TERM", Duration.ofSeconds(15), Optional.empty());
    }

    public GuardedCommand with(Map<String, String> variables) {
        return new GuardedCommand(name, arguments, variables, logFile, stopSignal, grace, ownFolder);
    }

    public GuardedCommand stoppedBy(String signal, Duration within) {
        return new GuardedCommand(name, arguments, environment, logFile, signal, within, ownFolder);
    }

    public GuardedCommand inItsOwn(Path folder) {
        return new GuardedCommand(name, arguments, environment, logFile, stopSignal, grace, Optional.of(folder));
    }
}
