package io.karyoflow.benchmarks.training;

import io.karyoflow.benchmarks.trial.LoneTrainer;
import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.DatasetCache;
import io.karyoflow.trainer.data.FeatureCache;
import io.karyoflow.trainer.trial.Checkpoint;
import io.karyoflow.trainer.trial.Interruption;
import io.karyoflow.trainer.trial.TrialOutcome;
import io.karyoflow.trainer.trial.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What a trial costs before it learns. Prints a line {@code karyoflow trial begun SECONDS} for each trial: from its request
 * to the end of its first step, images being in the cache. A trial leaves a checkpoint before each step if it may do so as
 * often as it likes: so the checkpoint after the first step shows its end. The two checkpoints until then are counted.
 */
public final class BeginTrials extends LoneTrainer {
    private static final int TRIALS = 5;
    private static final Map<String, Object> NETWORK = Map.of("inputSize", 48, "width", 16);

    private final Interruption interruption = new Interruption();
    private final long started = System.nanoTime();
    private double seconds;

    private BeginTrials() {}

    /** @param arguments a folder for decoded images */
    public static void main(String[] arguments) throws IOException {
        DatasetCache cache = NoiseImages.cacheIn(Path.of(arguments[0]));
        cache.open(NoiseImages.REGISTRATION, () -> {}).close();
        secondsToFirstStep(cache); // loads TensorFlow
        for (int trial = 0; trial < TRIALS; trial++) {
            System.out.printf(Locale.ROOT, "karyoflow trial begun %.4f%n", secondsToFirstStep(cache));
        }
    }

    private static double secondsToFirstStep(DatasetCache cache) {
        BeginTrials observer = new BeginTrials();
        TrialOutcome outcome = observer.run(cache);
        if (outcome != TrialOutcome.STOPPED) {
            throw new IllegalStateException("the trial ended " + outcome);
        }
        return observer.seconds;
    }

    private TrialOutcome run(DatasetCache cache) {
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
        int threads = Runtime.getRuntime().availableProcessors();
        return run(request, cache, new FeatureCache(), threads, Duration.ZERO, interruption);
    }

    @Override
    public boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint) {
        if (checkpoint.step() == 1) {
            seconds = (System.nanoTime() - started) / 1e9;
            interruption.stop();
        }
        return true;
    }
}
