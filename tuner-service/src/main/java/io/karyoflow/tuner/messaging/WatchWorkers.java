package io.karyoflow.tuner.messaging;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.study.RescueTrials;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Notices workers that have vanished. Kafka hands their trial to another worker, but not for ever: after its delivery
 * limit a share group drops a record without a word.
 */
@Singleton
class WatchWorkers {
    private static final Logger LOG = Logger.getLogger(WatchWorkers.class);

    private final RescueTrials rescueTrials;

    WatchWorkers(RescueTrials rescueTrials) {
        this.rescueTrials = rescueTrials;
    }

    @Scheduled(
            every = "${karyoflow.trials.watch-every}",
            skipExecutionIf = Scheduled.ApplicationNotRunning.class,
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            identity = "watch-workers")
    void watch() {
        try {
            rescueTrials.rescue();
        } catch (StoreUnavailableException e) {
            LOG.warnf("workers cannot be watched now: %s", e.getMessage());
        }
    }
}
