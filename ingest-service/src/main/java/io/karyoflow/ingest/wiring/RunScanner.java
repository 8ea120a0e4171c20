package io.karyoflow.ingest.wiring;

import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.PublishRequests;
import io.karyoflow.ingest.scanner.FindPublishedRequests;
import io.karyoflow.ingest.scanner.ScanListener;
import io.karyoflow.ingest.scanner.ScannerConfig;
import io.karyoflow.ingest.scanner.WatchFolder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through the watched folder again and again, if one is configured; ready as long as that works. */
@Readiness
@ApplicationScoped
class RunScanner implements HealthCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RunScanner.class);
    private static final int AFTER_TOPICS = 100;
    private static final int STOP_SECONDS = 10;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "scanner"));
    private WatchFolder watchFolder;
    private volatile String failure;

    void onStart(
            @Observes @Priority(AFTER_TOPICS) StartupEvent start,
            ScannerConfig config,
            CheckImage checkImage,
            PublishRequests publishRequests,
            FindPublishedRequests findPublishedRequests,
            MeterRegistry metrics) {
        if (config.folder().isEmpty()) {
            return;
        }
        Path folder = config.folder().get();
        watchFolder = new WatchFolder(
                folder,
                config,
                checkImage,
                publishRequests,
                findPublishedRequests,
                new CountFiles(metrics),
                Clock.systemUTC());
        LOG.info("watching {}", folder.toAbsolutePath());
        thread.scheduleWithFixedDelay(this::poll, 0, config.poll().toMillis(), TimeUnit.MILLISECONDS);
        thread.scheduleWithFixedDelay(this::forget, 0, 1, TimeUnit.HOURS);
    }

    /** Throws nothing, for the same reason as {@link #poll}. */
    private void forget() {
        try {
            watchFolder.forget();
        } catch (Throwable e) {
            LOG.error("labelled files, or empty folders, could not be deleted, will be tried again in an hour", e);
        }
    }

    /** Throws nothing, not even an error: it would not be called again, and nobody told. */
    private void poll() {
        try {
            watchFolder.poll();
            failure = null;
        } catch (Throwable e) {
            if (!e.toString().equals(failure)) {
                LOG.error("the watched folder could not be worked through, will be tried again", e);
            }
            failure = e.toString();
        }
    }

    void onStop(@Observes ShutdownEvent stop) throws IOException, InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
        if (watchFolder != null) {
            watchFolder.close();
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("watched folder").status(failure == null);
        if (failure != null) {
            response.withData("failure", failure);
        }
        return response.build();
    }

    private record CountFiles(Counter published, Counter rejected) implements ScanListener {
        CountFiles(MeterRegistry metrics) {
            this(
                    metrics.counter("karyoflow.ingest.requests", "from", "folder"),
                    metrics.counter("karyoflow.ingest.requests.rejected", "from", "folder"));
        }

        @Override
        public void published(int files) {
            published.increment(files);
        }

        @Override
        public void rejected(String file, String reason) {
            rejected.increment();
        }
    }
}
