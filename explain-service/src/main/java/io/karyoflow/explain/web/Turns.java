package io.karyoflow.explain.web;

import io.karyoflow.explain.explanation.Lane;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How many images are explained over HTTP at once: a batch of each lies in memory, and a crowd of slow ones must not hold
 * up the quick.
 */
@Singleton
class Turns {
    private final Map<Lane, Semaphore> atOnce = new EnumMap<>(Lane.class);
    private final Duration patience;

    Turns(WebConfiguration configuration) {
        for (Lane lane : Lane.values()) {
            atOnce.put(lane, new Semaphore(configuration.atOnce(), true));
        }
        this.patience = configuration.patience();
    }

    /** @throws NotNowException if it has not been its turn for as long as the configuration says */
    <T> T await(Lane lane, Supplier<T> work) {
        Semaphore turn = atOnce.get(lane);
        try {
            if (!turn.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw NotNowException.busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw NotNowException.busy();
        }
        try {
            return work.get();
        } finally {
            turn.release();
        }
    }
}
