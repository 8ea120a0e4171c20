package io.karyoflow.trainer.data;

/** Some images to learn from or to be judged by: the images themselves, or what a frozen network sees in them. */
public sealed interface Examples permits Batch, FeatureBatch {
    /** [N], class indices from 0 */
    int[] labels();

    /** N */
    default int size() {
        return labels().length;
    }
}
