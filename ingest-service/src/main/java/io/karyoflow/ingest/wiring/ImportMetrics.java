package io.karyoflow.ingest.wiring;

import io.karyoflow.ingest.dataset.Dataset;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** How many data sets are in each state, and how far the running imports are. Read from the database when scraped. */
@ApplicationScoped
class ImportMetrics {
    void onStart(@Observes StartupEvent start, MeterRegistry metrics, Datasets datasets) {
        for (ImportState state : ImportState.values()) {
            Gauge.builder("karyoflow.ingest.datasets", () -> datasets.count(state))
                    .tag("state", state.name())
                    .description("data sets in this state")
                    .register(metrics);
        }
        Gauge.builder("karyoflow.ingest.import.progress", () -> progress(datasets.running()))
                .description("0 to 1: images checked and published by the running imports, of what they have to do;"
                        + " 1 when none runs")
                .register(metrics);
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
