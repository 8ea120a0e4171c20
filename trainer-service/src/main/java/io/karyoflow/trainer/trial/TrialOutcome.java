package io.karyoflow.trainer.trial;

/** How a worker is done with a request. */
public enum TrialOutcome {
    /** all epochs trained, the model stored */
    COMPLETED,
    /** stopped as asked */
    STOPPED,
    /** it cannot be finished, and that was said */
    FAILED,
    /** it has ended already, or another worker or attempt has it: nothing to do here, nothing to say */
    OVERTAKEN,
    /** given up unfinished because this worker shuts down: another shall take it */
    RELEASED
}
