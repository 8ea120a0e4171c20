package io.karyoflow.trainer.web;

import io.karyoflow.trainer.trial.TrialMeter;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.Worker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Trials at work, how they ended, and how fast this trainer learns, for Prometheus. */
@Singleton
public class MicrometerTrialMeter implements TrialMeter {
    private final MeterRegistry registry;
    private final AtomicInteger running;
    private final Map<String, AtomicLong> imagesPerSecond = new ConcurrentHashMap<>();

    MicrometerTrialMeter(MeterRegistry registry) {
        this.registry = registry;
        this.running = registry.gauge("karyoflow.trials.running", new AtomicInteger());
        for (TrialOutcome outcome : TrialOutcome.values()) {
            outcomes(outcome, 0); // a counter that is not there yet looks like a broken scrape
        }
    }

    @Override
    public void started(Worker worker) {
        running.incrementAndGet();
        speed(worker).set(0);
    }

    @Override
    public void epoch(Worker worker, double perSecond) {
        registry.counter("karyoflow.epochs").increment();
        speed(worker).set(Math.round(perSecond));
    }

    @Override
    public void ended(Worker worker, TrialOutcome outcome) {
        running.decrementAndGet();
        speed(worker).set(0);
        outcomes(outcome, 1);
    }

    private void outcomes(TrialOutcome outcome, int more) {
        registry.counter("karyoflow.trials.ended", "outcome", outcome.name().toLowerCase(Locale.ROOT))
                .increment(more);
    }

    /** 0 while the worker is idle */
    private AtomicLong speed(Worker worker) {
        return imagesPerSecond.computeIfAbsent(
                worker.name(),
                name -> registry.gauge(
                        "karyoflow.training.images.per.second", Tags.of("worker", name), new AtomicLong()));
    }
}
