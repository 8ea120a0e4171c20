package io.karyoflow.trainer.trial;

/** Counts what a worker does, for monitoring. */
public interface TrialMeter {
    void started(Worker worker);

    void epoch(Worker worker, double imagesPerSecond);

    void ended(Worker worker, TrialOutcome outcome);
}
