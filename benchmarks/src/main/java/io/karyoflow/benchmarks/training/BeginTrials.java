package io.karyoflow.benchmarks.training;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
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
import io.karyoflow.trainer.trial.TrialMeter;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.TrialRecorder;
import io.karyoflow.trainer.trial.TrialSettings;
import io.karyoflow.trainer.trial.TrialTools;
import io.karyoflow.trainer.trial.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a trial costs before it learns. Prints a line {@code karyoflow trial begun SECONDS} for each trial: from its request
 * to the end of its first step, images being in the cache. A trial leaves a checkpoint before each step if it may do so as
 * often as it likes: so the checkpoint after the first step shows its end. The two checkpoints until then are counted.
 */
public final class BeginTrials implements TrialRecorder, Checkpoints, TrialMeter {
    private static final int TRIALS = 5;
    private static final Map<String, Object> NETWORK = Map.of("inputSize", 48, "width", 16);

    private final Interruption interruption = new Interruption();
    private final long started = System.nanoTime();
    private double seconds;

    private BeginTrials() {}

    /** @param arguments a folder for decoded images */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        DatasetCache cache = NoiseImages.cacheIn(folder);
        cache.open(NoiseImages.REGISTRATION, () -> {}).close();
        secondsToFirstStep(cache, folder); // loads TensorFlow
        for (int trial = 0; trial < TRIALS; trial++) {
            System.out.printf(Locale.ROOT, "karyoflow trial begun %.4f%n", secondsToFirstStep(cache, folder));
        }
    }

    private static double secondsToFirstStep(DatasetCache cache, Path folder) {
        BeginTrials observer = new BeginTrials();
        TrialOutcome outcome = observer.run(cache, folder);
        if (outcome != TrialOutcome.STOPPED) {
            throw new IllegalStateException("the trial ended " + outcome);
        }
        return observer.seconds;
    }

    private TrialOutcome run(DatasetCache cache, Path folder) {
        TrialRequested request = new TrialRequested(
                "trial",
                1,
                "speed",
                Architecture.CONVNET,
                Hyperparameters.of(NETWORK),
                1,
                0,
                NoiseImages.REGISTRATION,
                0);
        TrialSettings settings = new TrialSettings(
                new Compute(Runtime.getRuntime().availableProcessors()),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofSeconds(1),
                "benchmark");
        TrialTools tools = new TrialTools(
                cache,
                new FeatureCache(),
                new WeightsFolder(folder),
                this,
                this,
                event -> {},
                bundle -> {},
                this,
                settings,
                Clock.systemUTC());
        return new RunTrial(request, new Worker("benchmark", "CPU"), interruption, tools).run();
    }

    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint) {
        if (checkpoint.step() == 1) {
            seconds = (System.nanoTime() - started) / 1e9;
            interruption.stop();
        }
        return true;
    }

    @Override
    public Optional<Checkpoint> latest(TrialRequested request) {
        return Optional.empty();
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
    public void started(Worker worker) {}

    @Override
    public void epoch(Worker worker, double imagesPerSecond) {}

    @Override
    public void ended(Worker worker, TrialOutcome outcome) {}
}
