package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.study.StudyEvent.TimePassed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every trial ends: those whose worker has vanished are tried again, or failed after too many
 * attempts that got no further; those that no worker has taken for long are asked for once more.
 */
public final class RescueTrials {
    private static final Logger LOG = LoggerFactory.getLogger(RescueTrials.class);

    private final ReplanStudy studies;
    private final NeglectedTrials neglected;
    private final PlanTrials planTrials;
    private final TrialLimits limits;

    public RescueTrials(ReplanStudy studies, NeglectedTrials neglected, PlanTrials planTrials, TrialLimits limits) {
        this.studies = studies;
        this.neglected = neglected;
        this.planTrials = planTrials;
        this.limits = limits;
    }

    /** @throws StoreUnavailableException in an outage; the next call finds what is left */
    public void rescue() {
        neglected.sendUntakenAgain(limits.untakenAfter());
        for (String study : neglected.withSilentWorkers(limits.lostAfter())) {
            try {
                studies.replan(study, (progress, now) -> planTrials.plan(progress, new TimePassed(), now));
            } catch (StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) { // what is wrong with one study must not keep the others waiting
                LOG.error("the trials of study {} cannot be rescued", study, e);
            }
        }
    }
}
