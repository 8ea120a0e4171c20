package io.karyoflow.inference.messaging;

import java.time.Duration;

/** How long to wait before the next attempt: each time twice as long, up to a limit. */
final class Pauses {
    private final Duration shortest;
    private final Duration longest;
    private Duration next;

    Pauses(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
        this.next = shortest;
    }

    Duration next() {
        Duration pause = next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return pause;
    }

    /** An attempt succeeded. */
    void reset() {
        next = shortest;
    }
}
