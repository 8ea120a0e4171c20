package io.karyoflow.ingest.wiring;

import io.karyoflow.ingest.dataset.Dataset;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many data sets are in each state, and how far the running imports are. Counted beside the scrapes: if the database
 * stands still, a scrape must not, as other meters say what waits for it.
 */
@ApplicationScoped
class ImportMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(ImportMetrics.class);
    private static final int EVERY_SECONDS = 5;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "count-data-sets"));
    private volatile Map<ImportState, Integer> counts = Map.of();
    private volatile double progress = 1;

    void onStart(@Observes StartupEvent start, MeterRegistry metrics, Datasets datasets) {
        for (ImportState state : ImportState.values()) {
            Gauge.builder("karyoflow.ingest.datasets", () -> counts.getOrDefault(state, 0))
                    .tag("state", state.name())
                    .description("data sets in this state")
                    .register(metrics);
        }
        Gauge.builder("karyoflow.ingest.import.progress", () -> progress)
                .description("0 to 1: images checked and published by the running imports, of what they have to do;"
                        + " 1 when none runs")
                .register(metrics);
        thread.scheduleWithFixedDelay(() -> count(datasets), 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void onStop(@Observes ShutdownEvent stop) {
        thread.shutdownNow();
    }

    /** Throws nothing, as it would not be called again. */
    private void count(Datasets datasets) {
        try {
            Map<ImportState, Integer> counted = new EnumMap<>(ImportState.class);
            for (ImportState state : ImportState.values()) {
                counted.put(state, datasets.count(state));
            }
            counts = counted;
            progress = progress(datasets.running());
        } catch (RuntimeException e) {
            LOG.debug("meters of data sets keep their last values: {}", e.getMessage());
        }
    }

    private static double progress(List<Dataset> running) {
        double done = 0;
        double all = 0;
        for (Dataset dataset : running) {
            done += dataset.checked() + dataset.published();
            all += 2.0 * (dataset.total() == null ? 1 : Math.max(1, dataset.total()));
        }
        return all == 0 ? 1 : Math.min(1, done / all);
    }
}
