package io.karyoflow.launcher.progress;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits as long as something moves. A service that is down for a moment counts as not moving; {@code requireAlive} ends
 * the wait when one is gone for good.
 *
 * @param limit how long nothing may change
 * @param logs where to look then
 * @param requireAlive throws if a process has ended
 */
public record Patience(Progress progress, Clock clock, Duration limit, Path logs, Runnable requireAlive) {
    private static final Duration PAUSE = Duration.ofMillis(300);

    /** The same, but nothing may change for as long as that. */
    public Patience withLimit(Duration longer) {
        return new Patience(progress, clock, longer, logs, requireAlive);
    }

    /** The same, but other processes must live. */
    public Patience requiring(Runnable others) {
        return new Patience(progress, clock, limit, logs, others);
    }

    /**
     * Looks again and again until what it sees is done.
     *
     * @param what it waits for, for the message when it gives up
     * @param describe one line; as long as it changes, something moves
     * @throws JobFailure if nothing changed for too long, or a process has ended
     */
    public <T> T await(String what, Supplier<T> look, Predicate<T> done, Function<T, String> describe) {
        Instant changed = clock.instant();
        String last = "nothing yet";
        while (true) {
            requireAlive.run();
            try {
                T seen = look.get();
                String line = describe.apply(seen);
                progress.update(line);
                if (done.test(seen)) {
                    return seen;
                }
                if (!line.equals(last)) {
                    last = line;
                    changed = clock.instant();
                }
            } catch (UncheckedIOException unreachable) {
                progress.update(unreachable.getMessage());
            }
            if (Duration.between(changed, clock.instant()).compareTo(limit) > 0) {
                throw new JobFailure("nothing has moved for " + limit.toMinutes() + " minutes while waiting for " + what
                        + " (last seen: " + last + "); the logs are in " + logs);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure("interrupted", e);
        }
    }
}
