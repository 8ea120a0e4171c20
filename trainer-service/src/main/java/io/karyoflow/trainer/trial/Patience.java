package io.karyoflow.trainer.trial;

import java.time.Duration;
import java.util.function.Supplier;
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

    Patience(Duration firstPause) {
        this.firstPause = firstPause;
    }

    <T> T untilDone(Supplier<T> act, Interruption interruption) {
        Duration pause = firstPause;
        while (true) {
            try {
                return act.get();
            } catch (OutageException e) {
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
