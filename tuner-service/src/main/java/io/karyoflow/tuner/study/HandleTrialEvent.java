package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.common.message.TrialEvent;
import io.karyoflow.tuner.study.StudyEvent.TrialReported;

/** Hears a trainer out and plans the study anew. Hearing the same twice changes nothing. */
public final class HandleTrialEvent {
    private final Studies studies;
    private final Models models;
    private final PlanTrials planTrials;

    public HandleTrialEvent(Studies studies, Models models, PlanTrials planTrials) {
        this.studies = studies;
        this.models = models;
        this.planTrials = planTrials;
    }

    /**
     * @throws UnusableReportException if it fits no known trial
     * @throws StoreUnavailableException if nothing was done and the call should be repeated
     */
    public void handle(TrialEvent event) {
        String study = studies.studyOf(event.trialId())
                .orElseThrow(() -> new UnusableReportException("there is no trial '" + event.trialId() + "'"));
        if (!study.equals(event.studyId())) {
            throw new UnusableReportException(
                    "trial " + event.trialId() + " belongs to study " + study + ", not to " + event.studyId());
        }
        TrialReported reported = new TrialReported(believable(event));
        studies.replan(study, (progress, now) -> planTrials.plan(progress, reported, now));
    }

    /** A trial is complete only if its model can be found. */
    private TrialEvent believable(TrialEvent event) {
        if (event instanceof TrialEvent.Completed completed && !models.exists(completed.modelId())) {
            return new TrialEvent.Failed(
                    event.studyId(),
                    event.trialId(),
                    event.attempt(),
                    event.time(),
                    "its worker said it was completed, but model " + completed.modelId() + " is not stored");
        }
        return event;
    }
}
