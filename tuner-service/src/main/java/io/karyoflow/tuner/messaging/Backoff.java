package io.karyoflow.tuner.messaging;

import io.karyoflow.common.database.StoreUnavailableException;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.RetriableException;
import org.jboss.logging.Logger;

/** Patience: repeats what the database or the broker cannot do at the moment, at longer and longer intervals. */
@Singleton
class Backoff {
    private static final Logger LOG = Logger.getLogger(Backoff.class);
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final CountDownLatch shutdown = new CountDownLatch(1);

    void atShutdown(@Observes ShutdownEvent event) {
        shutdown.countDown();
    }

    /** @throws ShuttingDownException if the service stops before the work is done */
    void untilAvailable(Runnable work) {
        for (Duration pause = FIRST; ; pause = longer(pause)) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (!passes(e)) {
                    throw e;
                }
                LOG.warnf("trying again in %d ms: %s", pause.toMillis(), e.getMessage());
                sleep(pause);
            }
        }
    }

    private static boolean passes(Throwable e) {
        return e instanceof StoreUnavailableException
                || e instanceof RetriableException
                || e.getCause() != null && passes(e.getCause());
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    private void sleep(Duration pause) {
        try {
            if (shutdown.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ShuttingDownException();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ShuttingDownException();
        }
    }

    /** The work is not done and nothing may be committed. */
    static final class ShuttingDownException extends RuntimeException {
        ShuttingDownException() {
            super("the service stops");
        }
    }
}
