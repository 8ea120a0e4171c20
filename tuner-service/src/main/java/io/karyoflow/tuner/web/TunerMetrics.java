package io.karyoflow.tuner.web;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.study.StudyState;
import io.karyoflow.tuner.study.TrialState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jboss.logging.Logger;

/** Counts for Prometheus, read from the database every so often and not at each scrape. */
@Singleton
class TunerMetrics {
    private static final Logger LOG = Logger.getLogger(TunerMetrics.class);

    private final Overviews overviews;
    private volatile Overviews.Load load = new Overviews.Load(Map.of(), Map.of(), 0);

    TunerMetrics(Overviews overviews, MeterRegistry meters) {
        this.overviews = overviews;
        for (StudyState state : StudyState.values()) {
            Gauge.builder("karyoflow.studies", () -> load.studies().getOrDefault(state.name(), 0L))
                    .description("Studies by state")
                    .tag("state", state.name())
                    .register(meters);
        }
        for (TrialState state : TrialState.values()) {
            Gauge.builder("karyoflow.trials", () -> load.trials().getOrDefault(state.name(), 0L))
                    .description("Trials by state; QUEUED is what waits for a trainer")
                    .tag("state", state.name())
                    .register(meters);
        }
        Gauge.builder("karyoflow.outbox.unsent", () -> load.unsent())
                .description("Messages decided but not yet sent")
                .register(meters);
    }

    @Scheduled(every = "5s", identity = "count-for-metrics", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void count() {
        try {
            load = overviews.load();
        } catch (StoreUnavailableException e) {
            LOG.debugf("metrics keep their last values: %s", e.getMessage());
        }
    }
}
