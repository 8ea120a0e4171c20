package io.karyoflow.trainer.data;

/** Images out of the cache. */
record ImageExamples(Batches training, Split split, Augmentation augmentation, Sampling sampling, long seed)
        implements TrainingExamples {

    @Override
    public int steps() {
        return training.steps();
    }

    @Override
    public Pass<Batch> epoch(int epoch, int step) {
        return training.shuffled(seed, epoch, augmentation, sampling).from(step);
    }

    @Override
    public Iterable<Batch> validation() {
        return split.validationBatches();
    }
}
