package io.karyoflow.tuner.study;

/** Where a trial stands. */
public enum TrialState {
    /** no worker has reported its start */
    QUEUED,
    RUNNING,
    /** trained to the end of its budget, its model stored */
    COMPLETED,
    /** ended early on purpose, by the scheduler or by a person; it has no model */
    STOPPED,
    FAILED;

    public boolean ended() {
        return this == COMPLETED || this == STOPPED || this == FAILED;
    }
}
