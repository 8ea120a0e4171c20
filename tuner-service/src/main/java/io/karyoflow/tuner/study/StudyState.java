package io.karyoflow.tuner.study;

/** Where a study stands. */
public enum StudyState {
    /** proposes trials and hears of them */
    RUNNING,
    /** somebody asked for its end: no more proposals, running trials are being stopped */
    STOPPING,
    /** ended because somebody asked */
    STOPPED,
    /** every trial ended and at least one completed */
    COMPLETED,
    /** every trial ended and none completed */
    FAILED;

    public boolean ended() {
        return this == STOPPED || this == COMPLETED || this == FAILED;
    }
}
