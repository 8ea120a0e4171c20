package io.karyoflow.ingest.wiring;

import io.karyoflow.ingest.dataset.AnnounceRegistered;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.DeleteStrayUploads;
import io.karyoflow.ingest.dataset.ImportConfig;
import io.karyoflow.ingest.dataset.RunImports;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What a crash has left half done is done at the next start: imports begin again, registrations are announced, uploads that
 * no import will read are deleted.
 */
@ApplicationScoped
class RepairAtStart {
    private static final int AFTER_TOPICS = 100;

    private final ScheduledExecutorService announcer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "announce-datasets"));

    void onStart(
            @Observes @Priority(AFTER_TOPICS) StartupEvent start,
            RunImports runImports,
            AnnounceRegistered announceRegistered,
            Datasets datasets,
            ImportConfig config) {
        announcer.scheduleWithFixedDelay(
                announceRegistered, 0, config.announceInterval().toMillis(), TimeUnit.MILLISECONDS);
        new DeleteStrayUploads(config.uploads(), datasets, Clock.systemUTC()).run();
        runImports.resume();
    }

    /** Imports stop before anything is closed that they use. */
    void onStop(@Observes ShutdownEvent stop, RunImports runImports) {
        announcer.shutdownNow();
        runImports.close();
    }
}
