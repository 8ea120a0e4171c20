package io.karyoflow.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A child process that cannot outlive this JVM, however this JVM ends: a small shell script ({@code guard.sh}) starts it
 * and stops it when the pipe from here closes. Where {@code setsid} exists it has a session of its own, so that Ctrl-C
 * reaches only this JVM, which then stops its children in its own order.
 */
public final class GuardedProcess implements AutoCloseable {
    private static final Duration BEYOND_GRACE = Duration.ofSeconds(5);
    private static final int TAIL_LINES = 15;
    private static final String SCRIPT = script();

    private final GuardedCommand command;
    private final Process guard;
    private final ProcessHandle child;

    private GuardedProcess(GuardedCommand command, Process guard, ProcessHandle child) {
        this.command = command;
        this.guard = guard;
        this.child = child;
    }

    /** @throws UncheckedIOException if the log file cannot be written or there is no POSIX shell */
    public static GuardedProcess start(GuardedCommand command) {
        try {
            Files.createDirectories(command.logFile().toAbsolutePath().getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(guarded(command)).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(command.environment());
            command.ownFolder().ifPresent(folder -> builder.directory(folder.toFile()));
            Process guard = builder.start();
            return new GuardedProcess(command, guard, childOf(guard, command));
        } catch (IOException e) {
            throw new UncheckedIOException("could not start " + command.name() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> guarded(GuardedCommand command) {
        List<String> all = new ArrayList<>();
        if (Tools.exists("setsid")) {
            all.add("setsid");
        }
        all.addAll(List.of("sh", "-c", SCRIPT, "guard"));
        all.add(command.stopSignal());
        all.add(Long.toString(command.grace().toSeconds()));
        all.add(command.logFile().toAbsolutePath().toString());
        all.add(command.ownFolder()
                .map(folder -> folder.toAbsolutePath().toString())
                .orElse(""));
        all.addAll(command.arguments());
        return all;
    }

    private static ProcessHandle childOf(Process guard, GuardedCommand command) throws IOException {
        BufferedReader output = guard.inputReader(StandardCharsets.UTF_8);
        String pid = output.readLine();
        if (pid == null) {
            throw new IOException("the guard ended at once; can " + command.logFile() + " be written?");
        }
        return ProcessHandle.of(Long.parseLong(pid)).orElseGet(guard::toHandle);
    }

    public String name() {
        return command.name();
    }

    /** The command itself, not its guard: what a test may kill. */
    public ProcessHandle child() {
        return child;
    }

    public Path logFile() {
        return command.logFile();
    }

    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Done with the exit status when the command has ended and its guard has cleaned up. */
    public CompletableFuture<Integer> ended() {
        return guard.onExit().thenApply(Process::exitValue);
    }

    /** The last lines of the log, for error messages. */
    public String logTail() {
        try {
            List<String> lines = Files.readString(command.logFile(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    /** Asks the command to stop, without waiting. Several processes can so be stopped side by side. */
    public void requestStop() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            guard.destroy(); // the pipe is broken, so the guard is about to end anyway
        }
    }

    /** Stops the command and waits until it has ended; does nothing if it has. */
    @Override
    public void close() {
        requestStop();
        try {
            if (!guard.waitFor(command.grace().plus(BEYOND_GRACE).toSeconds(), TimeUnit.SECONDS)) {
                guard.descendants().forEach(ProcessHandle::destroyForcibly);
                guard.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String script() {
        try (InputStream script = GuardedProcess.class.getResourceAsStream("guard.sh")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
