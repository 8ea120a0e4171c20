package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.Checkpoints;
import io.karyoflow.trainer.trial.EpochResult;
import io.karyoflow.trainer.trial.Interruption;
import io.karyoflow.trainer.trial.RunTrial;
import io.karyoflow.trainer.trial.Standing;
import io.karyoflow.trainer.trial.TrialEvents;
import io.karyoflow.trainer.trial.TrialMeter;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.TrialRecorder;
import io.karyoflow.trainer.trial.TrialSettings;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Runs one trial as a trainer does, and keeps in memory what a trainer writes to PostgreSQL and Kafka. */
final class RunFold implements TrialRecorder, Checkpoints, TrialEvents, TrialMeter {
    private final TrialRequested request;
    private EpochResult last;
    private String failure;

    private RunFold(TrialRequested request) {
        this.request = request;
    }

    /**
     * Prints a line for each epoch to stderr.
     *
     * @param threads that train it, at least 1
     * @throws BenchmarkFailure if the trial fails
     */
    static FoldResult run(TrialRequested request, DatasetCache cache, FeatureCache features, int threads) {
        RunFold record = new RunFold(request);
        TrialSettings settings = new TrialSettings(
                new Compute(threads), Duration.ofMinutes(1), Duration.ofDays(1), Duration.ofSeconds(1), "benchmark");
        TrialTools tools = new TrialTools(
                cache,
                features,
                new WeightsFolder(Path.of("")),
                record,
                record,
                record,
                bundle -> {},
                record,
                settings,
                Clock.systemUTC());
        long started = System.nanoTime();
        TrialOutcome outcome = new RunTrial(request, new Worker("benchmark", "CPU"), new Interruption(), tools).run();
        double seconds = (System.nanoTime() - started) / 1e9;
        if (outcome != TrialOutcome.COMPLETED) {
            throw new BenchmarkFailure(request.trialId() + " ended " + outcome + ": " + record.failure);
        }
        return new FoldResult(
                request.validationFold(),
                request.seed(),
                record.last.predictions(),
                record.last.report().calibration().temperature(),
                record.last.report().calibration().errorBefore(),
                record.last.report().calibration().errorAfter(),
                seconds);
    }

    @Override
    public Standing claim(TrialRequested claimed, Worker worker) {
        return Standing.HELD;
    }

    @Override
    public Standing resume(TrialRequested claimed, Worker worker, int epochsDone) {
        return Standing.HELD;
    }

    /** A measurement that is killed is begun anew. */
    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint) {
        return false;
    }

    @Override
    public Optional<Checkpoint> latest(TrialRequested request) {
        return Optional.empty();
    }

    @Override
    public Standing heartbeat(TrialRequested held, Worker worker) {
        return Standing.HELD;
    }

    @Override
    public Standing record(TrialRequested trained, Worker worker, EpochResult epoch) {
        last = epoch;
        System.err.printf(
                "%s epoch %d/%d: training loss %.3f, validation loss %.3f, accuracy %.3f, macro F1 %.3f, %.0f images/s%n",
                request.trialId(),
                epoch.epoch(),
                request.epochs(),
                epoch.training().loss(),
                epoch.validation().loss(),
                epoch.validation().accuracy(),
                epoch.validation().macroF1(),
                epoch.trainingImagesPerSecond());
        return Standing.HELD;
    }

    @Override
    public void say(TrialEvent event) {
        if (event instanceof TrialEvent.Failed failed) {
            failure = failed.reason();
        }
    }

    @Override
    public void started(Worker worker) {}

    @Override
    public void epoch(Worker worker, double imagesPerSecond) {}

    @Override
    public void ended(Worker worker, TrialOutcome outcome) {}
}
