package io.karyoflow.benchmarks.accuracy;

import io.karyoflow.benchmarks.trial.LoneTrainer;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.common.validation.ValidatedImage;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.trial.EpochResult;
import io.karyoflow.trainer.trial.Interruption;
import io.karyoflow.trainer.trial.Standing;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs one trial as a trainer does, and keeps in memory what a trainer writes to PostgreSQL and Kafka. */
final class RunFold extends LoneTrainer {
    private static final Duration NO_CHECKPOINTS = Duration.ofDays(1);

    private final TrialRequested request;
    private final List<ValidatedImage> images = new ArrayList<>();
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
        RunFold fold = new RunFold(request);
        long started = System.nanoTime();
        TrialOutcome outcome = fold.run(request, cache, features, threads, NO_CHECKPOINTS, new Interruption());
        double seconds = (System.nanoTime() - started) / 1e9;
        if (outcome != TrialOutcome.COMPLETED) {
            throw new BenchmarkFailure(request.trialId() + " ended " + outcome + ": " + fold.failure);
        }
        return new FoldResult(
                request.validationFold(),
                request.seed(),
                fold.last.predictions(),
                fold.last.report().calibration().temperature(),
                fold.last.report().calibration().errorBefore(),
                fold.last.report().calibration().errorAfter(),
                fold.images,
                seconds);
    }

    @Override
    public Standing record(TrialRequested trained, Worker worker, EpochResult epoch) {
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
    public Standing conclude(
            TrialRequested trained,
            Worker worker,
            EpochResult epoch,
            Iterable<ValidatedImage> validated,
            List<byte[]> pictures) {
        last = epoch;
        validated.forEach(images::add);
        return Standing.HELD;
    }

    @Override
    public void say(TrialEvent event) {
        if (event instanceof TrialEvent.Failed failed) {
            failure = failed.reason();
        }
    }
}
