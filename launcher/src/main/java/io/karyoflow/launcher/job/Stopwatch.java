package io.karyoflow.launcher.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each part of the job took. */
final class Stopwatch {
    private final Clock clock;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    Stopwatch(Clock clock) {
        this.clock = clock;
    }

    <T> T time(String part, Supplier<T> work) {
        Instant begin = clock.instant();
        try {
            return work.get();
        } finally {
            seconds.put(part, Duration.between(begin, clock.instant()).toMillis() / 1000.0);
        }
    }

    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }
}
