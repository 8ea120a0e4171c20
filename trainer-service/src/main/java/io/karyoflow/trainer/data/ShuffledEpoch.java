package io.karyoflow.trainer.data;

/** One epoch's batches. Each is made from its step alone, so any of them can be the first. */
public final class ShuffledEpoch {
    private final Batches batches;
    private final int[] order;
    private final Augmentation augmentation;
    private final EpochRandom random;

    ShuffledEpoch(Batches batches, int[] order, Augmentation augmentation, EpochRandom random) {
        this.batches = batches;
        this.order = order;
        this.augmentation = augmentation;
        this.random = random;
    }

    /** The batches from this step on. @param step from 0 */
    public Pass<Batch> from(int step) {
        VaryImages variations = new VaryImages(augmentation, batches.height(), batches.width());
        return new Pass<>(number -> batch(number, variations), step, batches.steps());
    }

    private Batch batch(int step, VaryImages variations) {
        Batch batch = batches.read(order, step, (image, position) -> variations.vary(image, random.image(position)));
        return augmentation.mixup() > 0
                ? Mixup.draw(augmentation.mixup(), batch.size(), random.batch(step))
                        .apply(batch)
                : batch;
    }
}
