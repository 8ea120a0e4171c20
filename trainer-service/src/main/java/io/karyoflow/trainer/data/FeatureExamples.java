package io.karyoflow.trainer.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What a frozen network sees of images, out of the cache: to learn from it takes no convolution. */
final class FeatureExamples implements TrainingExamples {
    private final Split split;
    private final KeptFeatures features;
    private final int batchSize;
    private final Sampling sampling;
    private final long seed;

    FeatureExamples(Split split, KeptFeatures features, int batchSize, Sampling sampling, long seed) {
        this.split = split;
        this.features = features;
        this.batchSize = Math.min(batchSize, split.training().length);
        this.sampling = sampling;
        this.seed = seed;
    }

    @Override
    public int steps() {
        return split.training().length / batchSize;
    }

    @Override
    public Pass<FeatureBatch> epoch(int epoch, int step) {
        EpochRandom random = new EpochRandom(seed, epoch);
        int[] order = sampling.order(split.training(), split.dataset()::label, random.order());
        return new Pass<>(
                number -> {
                    int from = number * batchSize;
                    int[] images = Arrays.copyOfRange(order, from, from + batchSize);
                    int[] orientations = new int[batchSize];
                    for (int i = 0; i < batchSize; i++) {
                        orientations[i] = random.image(from + i).nextInt(features.orientations());
                    }
                    return batch(images, orientations);
                },
                step,
                steps());
    }

    @Override
    public Iterable<FeatureBatch> validation() {
        int images = split.validation().length;
        int batches = (images + VALIDATION_BATCH - 1) / VALIDATION_BATCH;
        return () -> IntStream.range(0, batches)
                .mapToObj(number -> validation(number * VALIDATION_BATCH))
                .iterator();
    }

    private FeatureBatch validation(int from) {
        int[] images = split.validation();
        int[] some = Arrays.copyOfRange(images, from, Math.min(images.length, from + VALIDATION_BATCH));
        return batch(some, new int[some.length]);
    }

    private FeatureBatch batch(int[] images, int[] orientations) {
        float[] values = new float[images.length * features.length()];
        int[] labels = new int[images.length];
        for (int i = 0; i < images.length; i++) {
            features.copy(images[i], orientations[i], values, i * features.length());
            labels[i] = split.dataset().label(images[i]);
        }
        return new FeatureBatch(values, labels);
    }
}
