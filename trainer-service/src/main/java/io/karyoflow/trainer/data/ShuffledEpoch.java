package io.karyoflow.trainer.data;

/** One epoch's batches. Each is made from its step alone, so any of them can be the first. */
public final class ShuffledEpoch {
    /**
     * Share of images that are seen by their own colours, so that the network can use images whose slide nobody knows, too.
     */
    private static final double WITHOUT_SLIDE = 0.3;

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
        Batch batch = batches.read(order, step, new Batches.Variation() {
            @Override
            public byte[] apply(byte[] image, int position) {
                return variations.vary(image, random.image(position));
            }

            @Override
            public boolean withoutSlide(int position) {
                return random.slide(position).nextDouble() < WITHOUT_SLIDE;
            }
        });
        return augmentation.mixup() > 0
                ? Mixup.draw(augmentation.mixup(), batch.size(), random.batch(step))
                        .apply(batch)
                : batch;
    }
}
