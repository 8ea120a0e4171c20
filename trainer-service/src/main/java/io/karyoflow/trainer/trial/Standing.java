package io.karyoflow.trainer.trial;

/** What the database says of a trial that a worker has or wants. */
public enum Standing {
    /** it is this worker's */
    HELD,
    /** it is this worker's, and its study wants it to stop */
    STOP_REQUESTED,
    /** it has ended, or another worker or attempt has it */
    OVERTAKEN
}
