package io.karyoflow.tuner.messaging;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.study.Outbox;
import io.karyoflow.tuner.study.StudyPlanned;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Sends what is due: at once after a plan, and every so often for what another tuner has left behind (a crash between
 * commit and send, a broker that was away).
 */
@Singleton
class DispatchOutbox {
    private static final Logger LOG = Logger.getLogger(DispatchOutbox.class);

    private final Outbox outbox;
    private final Outbox.Announcements announcements;

    DispatchOutbox(Outbox outbox, Outbox.Announcements announcements) {
        this.outbox = outbox;
        this.announcements = announcements;
    }

    /**
     * A service that starts hears of its model from Kafka alone, and would wait for ever if the topic was lost. Those that
     * serve it already pass over it.
     */
    void atStart(@Observes StartupEvent started) {
        outbox.repeatPromotions();
    }

    void whenPlanned(@ObservesAsync StudyPlanned planned) {
        dispatch();
    }

    /**
     * One at a time: without Kafka it waits for long, with a connection to the database, and everything that is planned
     * meanwhile would take another one.
     */
    @Scheduled(
            every = "${karyoflow.outbox.every}",
            skipExecutionIf = Scheduled.ApplicationNotRunning.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            identity = "dispatch-outbox")
    synchronized void dispatch() {
        try {
            outbox.sendDue(announcements);
        } catch (StoreUnavailableException e) {
            LOG.warnf("nothing can be sent now and will be tried again: %s", e.getMessage());
        }
    }
}
