package io.karyoflow.common.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A data set is complete on {@code images}: these offset ranges hold it (records of other data sets may lie between).
 *
 * @param datasetId the data set's id
 * @param name what its owner calls it
 * @param classes class names by label index
 * @param images how many images it has
 * @param classCounts images per label, in the order of {@code classes}
 * @param foldCounts images of each fold per label: a fold may lack a class that is in few groups
 * @param foldFingerprints of each fold, which images it has and how they are labelled: the same in two data sets if metrics
 *     on the one fold can be compared with those on the other; null if an older ingest registered it
 * @param split how the folds were made
 * @param ranges one for each partition of {@code images} that holds some of it
 * @param registeredAt when the last image had been acknowledged
 */
public record DatasetRegistered(
        String datasetId,
        String name,
        List<String> classes,
        int images,
        List<Integer> classCounts,
        List<List<Integer>> foldCounts,
        List<String> foldFingerprints,
        Split split,
        List<OffsetRange> ranges,
        Instant registeredAt) {

    /** Records {@code from} (inclusive) to {@code to} (exclusive) of one partition of {@code images}. */
    public record OffsetRange(int partition, long from, long to) {}

    /**
     * How images were assigned to folds.
     *
     * @param kind whether they were dealt, which keeps the class proportions as equal as it can, or came with the data, and
     *     whether groups are known
     * @param seed same data and seed, same folds; decides nothing about folds that came with the data
     * @param folds number of folds, at least 2
     * @param validationShare for a single split: the share in fold 0 (the only one to validate on); null for equal folds
     */
    public record Split(Kind kind, long seed, int folds, Double validationShare) {
        public enum Kind {
            /** no group (patient, slide or tile) lies in two folds */
            GROUPED_STRATIFIED,
            /** the data names no groups: patches of one tissue may lie in two folds, so validation flatters */
            STRATIFIED,
            /** the folds came with the data, and no group lies in two of them */
            GROUPED_GIVEN,
            /** the folds came with the data, which names no groups: nobody has checked what lies in two of them */
            GIVEN;

            /** Whether it is known that no group lies in two folds. */
            public boolean keepsGroups() {
                return switch (this) {
                    case GROUPED_STRATIFIED, GROUPED_GIVEN -> true;
                    case STRATIFIED, GIVEN -> false;
                };
            }
        }
    }

    /** Counts by class name, for people. */
    public Map<String, Integer> countsByClass() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int label = 0; label < classes.size(); label++) {
            counts.put(classes.get(label), classCounts.get(label));
        }
        return counts;
    }
}
