package io.karyoflow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostLockTest {
    private static final Runnable STILL_WANTED = () -> {};
    private static final Runnable NOT_WANTED = () -> {
        throw new IllegalStateException("no longer wanted");
    };

    @TempDir
    Path folder;

    private Path file;
    private HostLock lock;

    @BeforeEach
    void lock() {
        file = folder.resolve("some.lock");
        lock = HostLock.of(file);
    }

    @Test
    void manyShareOrOneHasItAlone() throws Exception {
        HostLock.Hold one = lock.shared(NOT_WANTED);
        HostLock.Hold other = lock.shared(NOT_WANTED);
        assertThat(lock.tryAlone()).isEmpty();
        one.close();
        assertThat(lock.tryAlone()).isEmpty();
        other.close();

        HostLock.Hold alone = lock.alone(NOT_WANTED);
        assertThat(lock.tryAlone()).isEmpty();
        assertThatThrownBy(() -> lock.shared(NOT_WANTED)).hasMessage("no longer wanted");
        alone.close();
        lock.shared(NOT_WANTED).close();
    }

    @Test
    void holdsAgainstOtherProcesses() throws Exception {
        try (OtherProcess other = OtherProcess.holding(file, "shared")) {
            assertThat(lock.tryAlone()).isEmpty();
            lock.shared(NOT_WANTED).close();
        }
        try (OtherProcess other = OtherProcess.holding(file, "alone")) {
            assertThatThrownBy(() -> lock.shared(NOT_WANTED)).hasMessage("no longer wanted");
        }
        lock.alone(STILL_WANTED).close();
    }

    @Test
    void whoGivesUpWaitingDoesNotBreakTheHoldOfAnotherSlot() throws Exception {
        try (HostLock.Hold alone = lock.alone(NOT_WANTED)) {
            assertThatThrownBy(() -> HostLock.of(file).alone(NOT_WANTED)).hasMessage("no longer wanted");

            assertThatThrownBy(() -> OtherProcess.holding(file, "alone")).hasMessageContaining("no longer wanted");
        }
        OtherProcess.holding(file, "alone").close();
    }

    /** A Java process that holds a lock until it is closed. */
    record OtherProcess(Process process) implements AutoCloseable {
        static OtherProcess holding(Path file, String how) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            file.toString(),
                            how)
                    .start();
            OtherProcess other = new OtherProcess(process);
            String said = process.inputReader().readLine();
            if (!"held".equals(said)) {
                other.close();
                throw new IOException("the other process said: " + said);
            }
            return other;
        }

        public static void main(String[] arguments) throws IOException {
            HostLock lock = HostLock.of(Path.of(arguments[0]));
            try {
                HostLock.Hold hold = arguments[1].equals("alone") ? lock.alone(NOT_WANTED) : lock.shared(NOT_WANTED);
                System.out.println("held");
                while (System.in.read() >= 0) {} // until the test goes
                hold.close();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.onExit().join();
        }
    }
}
