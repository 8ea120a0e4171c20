package io.karyoflow.trainer.trial;

/** The trial ends before its last epoch, with this outcome. */
final class TrialInterruptedException extends RuntimeException {
    private final TrialOutcome outcome;

    TrialInterruptedException(TrialOutcome outcome) {
        super(outcome.name(), null, false, false);
        this.outcome = outcome;
    }

    TrialOutcome outcome() {
        return outcome;
    }
}
