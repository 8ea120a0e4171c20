package io.karyoflow.trainer.data;

/**
 * Which images of a data set are learned from, and which are kept back.
 *
 * @param training numbers of images in the data set, in order; at least one
 * @param validation as well; none is in both
 */
public record Split(CachedDataset dataset, int[] training, int[] validation) {

    /**
     * @param held the fold that is kept back
     * @throws UnusableDatasetException if nothing is kept back, or nothing is left to learn from
     */
    public static Split holding(CachedDataset dataset, int held) {
        int[] training = dataset.imagesOfFolds(fold -> fold != held);
        int[] validation = dataset.imagesOfFolds(fold -> fold == held);
        if (validation.length == 0) {
            throw new UnusableDatasetException(
                    "the data set has no images in the validation fold, " + held + "; choose another one");
        }
        if (training.length == 0) {
            throw new UnusableDatasetException("all images of the data set are in the validation fold, " + held
                    + ", so none are left to train on; import the data set again, with two folds or more");
        }
        return new Split(dataset, training, validation);
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
