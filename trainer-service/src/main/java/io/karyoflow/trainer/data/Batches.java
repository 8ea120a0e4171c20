package io.karyoflow.trainer.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;

/** Cuts some images of a data set into batches, which are read from disk one at a time. */
public final class Batches {
    private final CachedDataset dataset;
    private final int[] images;
    private final int batchSize;

    /** @param images numbers of the images in the data set, at least one */
    public Batches(CachedDataset dataset, int[] images, int batchSize) {
        if (images.length == 0) {
            throw new UnusableDatasetException(
                    "the data set has no images in these folds; choose another validation fold");
        }
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
        return () -> new Reading(
                images, (images.length + batchSize - 1) / batchSize, new VaryImages(Augmentation.NONE, 0, 0));
    }

    /** Full batches in an order that depends on seed and epoch alone, and so do variations. */
    public Iterable<Batch> shuffled(long seed, int epoch, Augmentation augmentation) {
        Random random = new Random(seed * 1_000_003 + epoch);
        int[] order = images.clone();
        for (int i = order.length - 1; i > 0; i--) { // Fisher and Yates
            int other = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        long orientations = random.nextLong();
        long stains = random.nextLong();
        return () -> new Reading(order, steps(), new VaryImages(augmentation, orientations, stains));
    }

    private final class Reading implements Iterator<Batch> {
        private final int[] order;
        private final int batches;
        private final VaryImages variations;
        private int next;

        Reading(int[] order, int batches, VaryImages variations) {
            this.order = order;
            this.batches = batches;
            this.variations = variations;
        }

        @Override
        public boolean hasNext() {
            return next < batches;
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int from = next++ * batchSize;
            int count = Math.min(batchSize, order.length - from);
            int height = dataset.height();
            int width = dataset.width();
            byte[] image = new byte[height * width * 3];
            byte[] rgb = new byte[count * image.length];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                int number = order[from + i];
                labels[i] = dataset.label(number);
                dataset.copyPixels(number, image, 0);
                variations.lay(image, height, width, rgb, i * image.length);
            }
            return new Batch(height, width, rgb, labels);
        }
    }
}
