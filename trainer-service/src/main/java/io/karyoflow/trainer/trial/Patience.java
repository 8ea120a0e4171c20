package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.pretrained.UnreachableWeightsException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what an outage prevented until it succeeds, or the trial is no longer this worker's. A trial holds its request
 * meanwhile: giving it back would only hand the outage to the next worker.
 */
final class Patience {
    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Duration firstPause;
    private final InstantSource clock;
    private final Duration limit;

    Patience(Duration firstPause, InstantSource clock) {
        this(firstPause, clock, ChronoUnit.FOREVER.getDuration());
    }

    private Patience(Duration firstPause, InstantSource clock, Duration limit) {
        this.firstPause = firstPause;
        this.clock = clock;
        this.limit = limit;
    }

    /** The same, but an outage that has lasted longer than that is thrown. */
    Patience atMost(Duration longest) {
        return new Patience(firstPause, clock, longest);
    }

    /** What an outage may prevent. */
    interface Act<T, E extends Exception> {
        T attempt() throws E;
    }

    <T, E extends Exception> T untilDone(Act<T, E> act, Interruption interruption) throws E {
        Duration pause = firstPause;
        Instant begin = null;
        while (true) {
            try {
                return act.attempt();
            } catch (OutageException | UnreachableWeightsException e) {
                Instant now = clock.instant();
                begin = begin == null ? now : begin;
                if (Duration.between(begin, now).compareTo(limit) > 0) {
                    throw e;
                }
                LOG.warn("{}; trying again in {} ms", e.getMessage(), pause.toMillis());
            }
            sleep(pause, interruption);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static void sleep(Duration pause, Interruption interruption) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            interruption.checkHeld();
            try {
                Thread.sleep(Math.min(100, pause.toMillis()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrialInterruptedException(TrialOutcome.RELEASED);
            }
        }
    }
}
