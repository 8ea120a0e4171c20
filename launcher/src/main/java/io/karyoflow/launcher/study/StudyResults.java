package io.karyoflow.launcher.study;

import java.util.List;

/**
 * What the studies of a job came to, on the same images.
 *
 * @param all in the order they ended; at least one was promoted
 */
public record StudyResults(List<StudyResult> all) {
    public static StudyResults of(StudyResult... results) {
        return new StudyResults(List.of(results));
    }

    /** The one whose best model labels and explains: the last that was promoted. */
    public StudyResult inService() {
        return all.stream()
                .filter(result -> result.study().promotedModelId() != null)
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    public List<StudyResult> others() {
        return all.stream().filter(result -> result != inService()).toList();
    }
}
