package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.trainer.data.Augmentation;
import io.karyoflow.trainer.data.Batch;
import io.karyoflow.trainer.data.Batches;
import io.karyoflow.trainer.data.CachedDataset;
import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.training.CosineSchedule;
import io.karyoflow.trainer.training.DivergedException;
import io.karyoflow.trainer.training.PartRates;
import io.karyoflow.trainer.training.TrainingSession;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One pass over the training images, then one over the validation images. */
final class TrainEpochs {
    private static final int VALIDATION_BATCH = 64;

    private final TrainingSession session;
    private final Hyperparameters hyperparameters;
    private final Augmentation augmentation;
    private final long seed;
    private final List<String> classNames;
    private final Batches training;
    private final Batches validation;
    private final CosineSchedule schedule;
    private final PartRates partRates;

    TrainEpochs(TrialRequested request, CachedDataset dataset, TrainingSession session) {
        this.session = session;
        this.hyperparameters = request.hyperparameters();
        this.augmentation = Augmentation.of(hyperparameters);
        this.seed = request.seed();
        this.classNames = request.dataset().classes();
        int held = request.validationFold();
        this.training = new Batches(dataset, dataset.imagesOfFolds(fold -> fold != held), hyperparameters.batchSize());
        this.validation = new Batches(dataset, dataset.imagesOfFolds(fold -> fold == held), VALIDATION_BATCH);
        long steps = (long) training.steps() * request.epochs();
        this.schedule = new CosineSchedule(hyperparameters.learningRate(), steps);
        this.partRates = new PartRates(hyperparameters.trainable(), hyperparameters.layerDecay(), steps);
    }

    /**
     * @param epoch from 1, in order
     * @throws DivergedException if the loss on either split is not finite
     */
    EpochResult run(int epoch, Interruption interruption) {
        long start = System.nanoTime();
        long step = (long) (epoch - 1) * training.steps();
        double firstRate = schedule.rate(step);
        Predictions learned = new Predictions(classNames.size());
        for (Batch batch : training.shuffled(seed, epoch, augmentation)) {
            interruption.check();
            double[] rates = partRates.at(step, schedule.rate(step), session.parts());
            learned.add(session.step(batch, rates).logits(), batch.labels());
            step++;
        }
        long trained = System.nanoTime();
        Predictions held = new Predictions(classNames.size());
        for (Batch batch : validation.inOrder()) {
            interruption.check();
            held.add(session.logits(batch), batch.labels());
        }
        long validated = System.nanoTime();
        EpochMetrics metrics = held.metrics();
        if (!Double.isFinite(metrics.loss())) {
            throw new DivergedException(
                    "on the validation images after epoch " + epoch, metrics.loss(), hyperparameters.learningRate());
        }
        return new EpochResult(
                epoch,
                learned.metrics(),
                metrics,
                firstRate,
                perSecond(learned.size(), trained - start),
                perSecond(held.size(), validated - trained),
                held,
                TrialReport.of(held, classNames));
    }

    private static double perSecond(int images, long nanoseconds) {
        return images * (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, nanoseconds);
    }
}
