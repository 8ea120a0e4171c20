package io.karyoflow.trainer.data;

import io.karyoflow.common.message.ClassBalance;
import io.karyoflow.common.message.Hyperparameters;

/** What a trial learns from, epoch by epoch, and what it is judged by. */
public interface TrainingExamples {
    /** Images that are judged at once: it changes the speed and nothing else. */
    int VALIDATION_BATCH = 64;

    /** Steps in an epoch. */
    int steps();

    /**
     * One epoch, whose batches depend on the trial's seed and the epoch alone.
     *
     * @param epoch from 1
     * @param step the first one wanted, from 0
     */
    Pass<? extends Examples> epoch(int epoch, int step);

    /** The images kept back, each once and as it is. */
    Iterable<? extends Examples> validation();

    /** The images themselves, varied as the hyperparameters say. */
    static TrainingExamples images(Split split, Hyperparameters hyperparameters, long seed) {
        return new ImageExamples(
                new Batches(split.dataset(), split.training(), hyperparameters.batchSize()),
                split,
                Augmentation.of(hyperparameters),
                sampling(hyperparameters),
                seed);
    }

    /** What a network that does not change sees of them, in each orientation if they are to be flipped and turned. */
    static TrainingExamples features(Split split, KeptFeatures features, Hyperparameters hyperparameters, long seed) {
        return new FeatureExamples(split, features, hyperparameters.batchSize(), sampling(hyperparameters), seed);
    }

    private static Sampling sampling(Hyperparameters hyperparameters) {
        return hyperparameters.classBalance() == ClassBalance.SAMPLING
                ? Sampling.EACH_CLASS_EQUALLY
                : Sampling.EACH_IMAGE_ONCE;
    }
}
