package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialRequested;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows every few seconds that a trial is alive, and hears by the way whether it should go on. */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final TrialRecorder recorder;
    private final Duration interval;
    private final TrialRequested request;
    private final Worker worker;
    private final Interruption interruption;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "heartbeat");
        thread.setDaemon(true);
        return thread;
    });

    Heartbeat(TrialTools tools, TrialRequested request, Worker worker, Interruption interruption) {
        this.recorder = tools.recorder();
        this.interval = tools.settings().heartbeat();
        this.request = request;
        this.worker = worker;
        this.interruption = interruption;
    }

    void start() {
        clock.scheduleAtFixedRate(this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void beat() {
        try {
            interruption.heed(recorder.heartbeat(request, worker));
        } catch (RuntimeException e) {
            // the next beat may succeed; if none does for long, the tuner gives the trial to another worker
            LOG.warn("no heartbeat for trial {}: {}", request.trialId(), e.getMessage());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
