package io.karyoflow.launcher.progress;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The parts of the job: how long each took, and why some gave up. */
public final class Parts {
    private final Progress progress;
    private final Clock clock;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    public Parts(Progress progress, Clock clock) {
        this.progress = progress;
        this.clock = clock;
    }

    public <T> T time(String part, Supplier<T> work) {
        Instant begin = clock.instant();
        try {
            return work.get();
        } finally {
            seconds.put(part, Duration.between(begin, clock.instant()).toMillis() / 1000.0);
        }
    }

    /** For a part whose failure must not take away what others have done: it is shown and noted, and nothing comes out. */
    public <T> Optional<T> attempt(String part, Supplier<T> work) {
        try {
            return Optional.of(time(part, work));
        } catch (JobFailure | UncheckedIOException e) {
            progress.done(e.getMessage());
            failures.put(part, e.getMessage());
            return Optional.empty();
        }
    }

    public Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    /** Reasons, by part. */
    public Map<String, String> failures() {
        return new LinkedHashMap<>(failures);
    }
}
