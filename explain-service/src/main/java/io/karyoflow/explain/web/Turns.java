package io.karyoflow.explain.web;

import io.karyoflow.explain.explanation.Lane;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many images are explained over HTTP at once, and how many wait: those explained lie in memory decoded, with their
 * batches and pictures, those that wait as they came; and a crowd of slow ones must not hold up the quick. An answer that is
 * being sent is not counted here, so that who reads slowly takes nobody's turn, but by {@link AnswersBeingSent}.
 */
@Singleton
class Turns {
    private final Map<Lane, Semaphore> places = new EnumMap<>(Lane.class);
    private final Map<Lane, Semaphore> atOnce = new EnumMap<>(Lane.class);
    private final Duration patience;

    Turns(WebConfiguration configuration) {
        for (Lane lane : Lane.values()) {
            places.put(lane, new Semaphore(configuration.atOnce() + configuration.waiting()));
            atOnce.put(lane, new Semaphore(configuration.atOnce(), true));
        }
        this.patience = configuration.patience();
    }

    /**
     * Takes a place among those that wait for their turn or have it.
     *
     * @throws NotNowException at once if all are taken
     */
    Place enter(Lane lane) {
        if (!places.get(lane).tryAcquire()) {
            throw NotNowException.busy();
        }
        return new Place(lane);
    }

    /** What is done when it is its turn. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T get() throws E;
    }

    /** A place in a lane, taken until it is closed. */
    final class Place implements AutoCloseable {
        private final Lane lane;

        private Place(Lane lane) {
            this.lane = lane;
        }

        /** @throws NotNowException if it has not been its turn for as long as the configuration says */
        <T, E extends Exception> T await(Work<T, E> work) throws E {
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

        @Override
        public void close() {
            places.get(lane).release();
        }
    }
}
