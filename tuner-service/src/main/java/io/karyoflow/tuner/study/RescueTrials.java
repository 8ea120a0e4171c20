package io.karyoflow.tuner.study;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.study.StudyEvent.TimePassed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that every trial ends: those whose worker has vanished are tried again, or failed after too many
 * attempts that got no further; those that no worker has taken for long are asked for once more. An outage of the store
 * silences workers that live: when it is over, they have as much time to show life as if they had done so just now.
 */
public final class RescueTrials {
    private static final Logger LOG = LoggerFactory.getLogger(RescueTrials.class);

    private final ReplanStudy studies;
    private final NeglectedTrials neglected;
    private final PlanTrials planTrials;
    private final TrialLimits limits;
    private final InstantSource clock;
    private Instant lastLook;
    private Instant patientUntil;

    public RescueTrials(
            ReplanStudy studies,
            NeglectedTrials neglected,
            PlanTrials planTrials,
            TrialLimits limits,
            InstantSource clock) {
        this.studies = studies;
        this.neglected = neglected;
        this.planTrials = planTrials;
        this.limits = limits;
        this.clock = clock;
        this.lastLook = clock.instant();
        this.patientUntil = lastLook;
    }

    /** @throws StoreUnavailableException in an outage; a later call finds what is left */
    public synchronized void rescue() {
        neglected.sendUntakenAgain(limits.untakenAfter());
        List<String> silent = neglected.withSilentWorkers(limits.lostAfter());
        noticeOutage();
        if (clock.instant().isBefore(patientUntil)) {
            return;
        }
        for (String study : silent) {
            try {
                studies.replan(study, (progress, now) -> planTrials.plan(progress, new TimePassed(), now));
            } catch (StoreUnavailableException e) {
                bePatient(); // where this cannot be written, no worker can show life
                throw e;
            } catch (RuntimeException e) { // what is wrong with one study must not keep the others waiting
                LOG.error("the trials of study {} cannot be rescued", study, e);
            }
        }
    }

    /** That of a machine that slept is one, too. A shorter one hardly brings a worker's silence to the limit. */
    private void noticeOutage() {
        Instant now = clock.instant();
        if (now.isAfter(lastLook.plus(limits.lostAfter()))) {
            bePatient();
        }
        lastLook = now;
    }

    private void bePatient() {
        patientUntil = clock.instant().plus(limits.lostAfter());
    }
}
