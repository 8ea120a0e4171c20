package io.karyoflow.tuner.study;

import io.karyoflow.tuner.study.StudyEvent.TimePassed;

/** Finds trials whose worker has vanished and has them tried again, or failed after too many attempts. */
public final class RescueTrials {
    private final Studies studies;
    private final PlanTrials planTrials;
    private final TrialLimits limits;

    public RescueTrials(Studies studies, PlanTrials planTrials, TrialLimits limits) {
        this.studies = studies;
        this.planTrials = planTrials;
        this.limits = limits;
    }

    public void rescue() {
        for (String study : studies.withSilentWorkers(limits.lostAfter())) {
            studies.replan(study, (progress, now) -> planTrials.plan(progress, new TimePassed(), now));
        }
    }
}
