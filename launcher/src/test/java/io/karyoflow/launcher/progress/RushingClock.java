package io.karyoflow.launcher.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Goes on by so much whenever somebody looks at it, so that a test does not have to wait for impatience. */
public final class RushingClock implements InstantSource {
    private final Duration step;
    private Instant now = Instant.EPOCH;

    private RushingClock(Duration step) {
        this.step = step;
    }

    public static Clock by(Duration step) {
        return new RushingClock(step).withZone(ZoneOffset.UTC);
    }

    @Override
    public Instant instant() {
        now = now.plus(step);
        return now;
    }
}
