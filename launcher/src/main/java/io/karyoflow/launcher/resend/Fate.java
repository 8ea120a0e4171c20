package io.karyoflow.launcher.resend;

/** What becomes of a dead letter. */
public enum Fate {
    GOES,
    WENT_BEFORE,
    IS_NOT_WANTED,
    CANNOT_GO
}
