package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.Examples;
import io.karyoflow.trainer.data.Pass;
import io.karyoflow.trainer.data.TrainingExamples;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.training.DivergedException;
import io.karyoflow.trainer.training.PartRates;
import io.karyoflow.trainer.training.RateSchedule;
import io.karyoflow.trainer.training.TrainingSession;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The epochs of one trial, each a pass over the training images and one over the validation images. */
final class TrainEpochs {
    private final TrainingSession session;
    private final TrainingExamples examples;
    private final Hyperparameters hyperparameters;
    private final int epochs;
    private final List<String> classes;
    private final RateSchedule schedule;
    private final PartRates partRates;

    private int epoch = 1;
    private int step;
    private long trainingNanos;
    private Predictions learned;
    private Plateau plateau = Plateau.NONE;

    TrainEpochs(TrialRequested request, TrainingExamples examples, TrainingSession session) {
        this.session = session;
        this.examples = examples;
        this.hyperparameters = request.hyperparameters();
        this.epochs = request.epochs();
        this.classes = request.dataset().classes();
        this.learned = new Predictions(classes.size());
        long steps = (long) examples.steps() * epochs;
        this.schedule = RateSchedule.of(hyperparameters, steps);
        this.partRates = new PartRates(hyperparameters.trainable(), hyperparameters.layerDecay(), steps);
    }

    /** Whole epochs that are done. */
    int done() {
        return epoch - 1;
    }

    /** Whether the budget is used up, or early stopping sees no progress. */
    boolean over() {
        return done() == epochs
                || hyperparameters.earlyStopping() > 0 && plateau.epochsSince() >= hyperparameters.earlyStopping();
    }

    /** Where the trial stands; to be asked between two steps. */
    Checkpoint checkpoint() {
        return new Checkpoint(epoch, step, Duration.ofNanos(trainingNanos), learned, plateau, session.state());
    }

    /** Goes on from there. @throws IllegalArgumentException if the session is another network's */
    void resume(Checkpoint checkpoint) {
        session.restore(checkpoint.state());
        epoch = checkpoint.epoch();
        step = checkpoint.step();
        trainingNanos = checkpoint.trainingTime().toNanos();
        learned = checkpoint.learned();
        plateau = checkpoint.plateau();
    }

    /**
     * Trains and validates the next epoch, or the rest of one that was resumed. The trial stands after its last step until
     * {@link #conclude} is called: whoever goes on from there validates it again.
     *
     * @param betweenSteps called before each step; what it throws ends the work, and its time counts as no training
     * @throws DivergedException if the loss on either split is not finite
     */
    EpochResult next(Runnable betweenSteps) {
        long start = System.nanoTime() - trainingNanos;
        try (Pass<? extends Examples> pass = examples.epoch(epoch, step)) {
            while (pass.hasNext()) {
                Examples batch = pass.next();
                start += nanosOf(betweenSteps);
                long total = firstStep() + step;
                double[] rates = partRates.at(total, schedule.rate(total), session.parts());
                learned.add(session.step(batch, rates).logits(), batch.labels());
                step++;
                trainingNanos = System.nanoTime() - start;
            }
        }
        long trained = System.nanoTime();
        Predictions held = new Predictions(classes.size());
        for (Examples batch : examples.validation()) {
            trained += nanosOf(betweenSteps);
            held.add(session.logits(batch), batch.labels());
        }
        double validationSpeed = perSecond(held.size(), System.nanoTime() - trained);
        EpochMetrics metrics = held.metrics();
        if (!Double.isFinite(metrics.loss())) {
            throw new DivergedException(
                    "on the validation images after epoch " + epoch, metrics.loss(), hyperparameters.learningRate());
        }
        return new EpochResult(
                epoch,
                learned.metrics(),
                metrics,
                schedule.rate(firstStep()),
                perSecond(learned.size(), trainingNanos),
                validationSpeed,
                held,
                TrialReport.of(held, classes));
    }

    /** The epoch counts, and the world knows of it: whoever goes on from here begins with the next. */
    void conclude(EpochResult result) {
        plateau = plateau.after(result.validation().loss());
        learned = new Predictions(classes.size());
        epoch++;
        step = 0;
        trainingNanos = 0;
    }

    /** of the epoch, counted from the trial's first */
    private long firstStep() {
        return (long) done() * examples.steps();
    }

    private static long nanosOf(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static double perSecond(int images, long nanoseconds) {
        return images * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanoseconds);
    }
}
