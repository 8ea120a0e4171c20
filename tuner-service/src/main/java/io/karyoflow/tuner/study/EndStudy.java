package io.karyoflow.tuner.study;

import io.karyoflow.tuner.study.StudyEvent.StopAsked;

/** Ends a study on demand: its running trials are stopped, the best model so far is promoted if the study says so. */
public final class EndStudy {
    private final ReplanStudy studies;
    private final PlanTrials planTrials;

    public EndStudy(ReplanStudy studies, PlanTrials planTrials) {
        this.studies = studies;
        this.planTrials = planTrials;
    }

    /**
     * Asking a second time while it stops changes nothing.
     *
     * @throws UnknownIdException if there is no such study
     * @throws StudyHasEndedException if it has ended
     */
    public void end(String studyId) {
        studies.replan(studyId, (progress, now) -> {
            if (progress.study().state().ended()) {
                throw new StudyHasEndedException(progress.study());
            }
            return planTrials.plan(progress, new StopAsked("the study was stopped"), now);
        });
    }
}
