package io.karyoflow.tuner.study;

/**
 * The images that a model was validated on.
 *
 * @param dataset id of the data set that the model was trained and validated on
 * @param fold the one of its folds that was kept for validation
 * @param fingerprint the same as that of another fold if both have the same images with the same labels; null if the data
 *     set does not state it, because an older ingest registered it
 */
public record ValidationFold(String dataset, int fold, String fingerprint) {

    boolean isSameAs(ValidationFold other) {
        return dataset.equals(other.dataset) && fold == other.fold;
    }

    boolean hasImagesOf(ValidationFold other) {
        return isSameAs(other) || fingerprint != null && fingerprint.equals(other.fingerprint);
    }

    /** How people call it. */
    String inWords() {
        return "fold " + fold + " of data set " + dataset;
    }
}
