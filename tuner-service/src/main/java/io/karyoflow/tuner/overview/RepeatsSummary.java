package io.karyoflow.tuner.overview;

import io.karyoflow.tuner.study.Repeats;
import io.karyoflow.tuner.study.TrialState;
import java.util.List;
import java.util.Map;

/**
 * What a configuration is worth that a study repeats, by its completed trials.
 *
 * @param planned how many trials there are when all have run
 * @param completed how many the figures are of
 * @param failed how many will never be among them: those that are run again are of another study
 * @param folds that are validated on
 * @param seeds of which each trains all folds
 * @param measures macro F1, accuracy, F1 of each class, calibration error; empty before the first trial is completed
 */
public record RepeatsSummary(
        String studyId,
        int planned,
        int completed,
        int failed,
        List<Integer> folds,
        List<Long> seeds,
        List<RepeatedMeasure> measures) {

    /**
     * @param study one that repeats
     * @param reports of its completed trials after their last epoch, by the trials' numbers
     */
    static RepeatsSummary of(StudyOverview study, Map<Integer, TrialReport> reports) {
        Repeats repeats = study.specification().repeats();
        return new RepeatsSummary(
                study.id(),
                study.plannedTrials(),
                reports.size(),
                study.trialCounts().getOrDefault(TrialState.FAILED, 0),
                repeats.folds(),
                repeats.seeds(),
                new RepeatedTrials(repeats, reports).measures());
    }
}
