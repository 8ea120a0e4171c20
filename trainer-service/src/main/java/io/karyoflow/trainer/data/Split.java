package io.karyoflow.trainer.data;

/**
 * Which images of a data set are learned from, and which are kept back.
 *
 * @param training numbers of images in the data set, in order
 * @param validation as well; none is in both
 */
public record Split(CachedDataset dataset, int[] training, int[] validation) {

    /** @param held the fold that is kept back */
    public static Split holding(CachedDataset dataset, int held) {
        return new Split(
                dataset, dataset.imagesOfFolds(fold -> fold != held), dataset.imagesOfFolds(fold -> fold == held));
    }

    /** How many training images each class has. @return [C] */
    public int[] trainingImages(int classes) {
        int[] counts = new int[classes];
        for (int image : training) {
            counts[dataset.label(image)]++;
        }
        return counts;
    }

    /** The images kept back, each once and as it is. */
    public Iterable<Batch> validationBatches() {
        return new Batches(dataset, validation, TrainingExamples.VALIDATION_BATCH).inOrder();
    }
}
