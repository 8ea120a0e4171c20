package io.karyoflow.explain.web;

import java.time.Duration;

/** Nobody waits longer than it takes to see that it is not its turn. */
record FewTurns(int atOnce, int waiting) implements WebConfiguration {

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    @Override
    public int maxImageBytes() {
        return 1_000_000;
    }
}
