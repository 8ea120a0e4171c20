package io.karyoflow.explain.explanation;

/** What can be measured of how faithful a map is to the model. */
public enum Measure {
    /** deletion and insertion AUC */
    AUC,
    INFIDELITY,
    MAX_SENSITIVITY
}
