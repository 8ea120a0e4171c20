package io.karyoflow.launcher.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Goes on by so much whenever somebody looks at it, so that a test does not have to wait for impatience. */
public final class RushingClock extends Clock {
    private final Duration step;
    private Instant now = Instant.EPOCH;

    public RushingClock(Duration step) {
        this.step = step;
    }

    @Override
    public Instant instant() {
        now = now.plus(step);
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
