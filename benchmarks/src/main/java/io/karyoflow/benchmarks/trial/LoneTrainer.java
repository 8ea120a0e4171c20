package io.karyoflow.benchmarks.trial;

import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.pretrained.WeightsFolder;
import io.karyoflow.trainer.training.Compute;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.Checkpoints;
import io.karyoflow.trainer.trial.EpochResult;
import io.karyoflow.trainer.trial.Interruption;
import io.karyoflow.trainer.trial.ModelShelf;
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
import java.util.List;
import java.util.Optional;

/**
 * Runs a trial as a trainer does that nobody else wants anything of: it holds its trial to the end, and nothing is written
 * down or said. A measurement overrides what it watches.
 */
public abstract class LoneTrainer implements TrialRecorder, Checkpoints, TrialEvents, ModelShelf, TrialMeter {
    private static final Duration SELDOM = Duration.ofMinutes(1);

    /**
     * @param threads that train it, at least 1
     * @param checkpointInterval between calls of {@link #save(TrialRequested, Worker, Checkpoint)}
     */
    protected final TrialOutcome run(
            TrialRequested request,
            DatasetCache cache,
            FeatureCache features,
            int threads,
            Duration checkpointInterval,
            Interruption interruption) {
        TrialTools tools = new TrialTools(
                cache,
                features,
                new WeightsFolder(Path.of("")),
                this,
                this,
                this,
                this,
                this,
                new TrialSettings(new Compute(threads), SELDOM, checkpointInterval, SELDOM, "benchmark"),
                Clock.systemUTC());
        return new RunTrial(request, new Worker("benchmark", "CPU"), interruption, tools).run();
    }

    @Override
    public Standing claim(TrialRequested request, Worker worker) {
        return Standing.HELD;
    }

    @Override
    public Standing resume(TrialRequested request, Worker worker, int epochsDone) {
        return Standing.HELD;
    }

    @Override
    public Standing heartbeat(TrialRequested request, Worker worker) {
        return Standing.HELD;
    }

    @Override
    public Standing record(TrialRequested request, Worker worker, EpochResult epoch) {
        return Standing.HELD;
    }

    @Override
    public Standing conclude(
            TrialRequested request,
            Worker worker,
            EpochResult last,
            Iterable<ValidatedImage> images,
            List<byte[]> pictures) {
        return Standing.HELD;
    }

    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint) {
        return false;
    }

    /** A measurement that was ended is begun anew. */
    @Override
    public Optional<Checkpoint> latest(TrialRequested request) {
        return Optional.empty();
    }

    @Override
    public void say(TrialEvent event) {}

    @Override
    public void save(ModelBundle bundle) {}

    @Override
    public void started(Worker worker) {}

    @Override
    public void epoch(Worker worker, double imagesPerSecond) {}

    @Override
    public void ended(Worker worker, TrialOutcome outcome) {}
}
