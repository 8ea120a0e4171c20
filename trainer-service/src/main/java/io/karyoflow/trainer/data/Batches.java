package io.karyoflow.trainer.data;

import io.karyoflow.common.image.ColourStatistics;
import java.util.stream.IntStream;

/** Cuts some images of a data set into batches, which are read from disk one at a time. */
public final class Batches {
    private final CachedDataset dataset;
    private final int[] images;
    private final int batchSize;

    /** @param images numbers of the images in the data set, at least one */
    public Batches(CachedDataset dataset, int[] images, int batchSize) {
        this.dataset = dataset;
        this.images = images.clone();
        this.batchSize = Math.min(batchSize, images.length);
    }

    /**
     * Steps in an epoch of {@link #shuffled}: what does not fill the last batch waits for another epoch, since few images
     * make poor batch statistics.
     */
    public int steps() {
        return images.length / batchSize;
    }

    /** All images in their order, as they are; the last batch may be smaller. */
    public Iterable<Batch> inOrder() {
        int batches = (images.length + batchSize - 1) / batchSize;
        return () -> IntStream.range(0, batches)
                .mapToObj(step -> read(images, step, Variation.NONE))
                .iterator();
    }

    /**
     * One epoch of full batches. Their images, order and variations depend on seed and epoch alone.
     *
     * @param epoch from 1
     */
    public ShuffledEpoch shuffled(long seed, int epoch, Augmentation augmentation, Sampling sampling) {
        EpochRandom random = new EpochRandom(seed, epoch);
        int[] order = sampling.order(images, dataset::label, random.order());
        return new ShuffledEpoch(this, order, augmentation, random);
    }

    int height() {
        return dataset.height();
    }

    int width() {
        return dataset.width();
    }

    /** What becomes of the image at one position of an order. */
    interface Variation {
        Variation NONE = (image, position) -> image;

        byte[] apply(byte[] image, int position);

        /** Whether the image is seen by its own colours, as if nobody knew its slide. */
        default boolean withoutSlide(int position) {
            return false;
        }
    }

    /** @param step which batch of this order, from 0 */
    Batch read(int[] order, int step, Variation variation) {
        int from = step * batchSize;
        int count = Math.min(batchSize, order.length - from);
        byte[] image = new byte[height() * width() * 3];
        byte[] rgb = new byte[count * image.length];
        int[] labels = new int[count];
        ColourStatistics[] slides = new ColourStatistics[count];
        for (int i = 0; i < count; i++) {
            int number = order[from + i];
            labels[i] = dataset.label(number);
            slides[i] = variation.withoutSlide(from + i)
                    ? null
                    : dataset.slide(number).orElse(null);
            dataset.copyPixels(number, image, 0);
            System.arraycopy(variation.apply(image, from + i), 0, rgb, i * image.length, image.length);
        }
        return new Batch(height(), width(), rgb, slides, labels);
    }
}
