package io.karyoflow.explain.faithfulness;

/** What can be asked for; convergence deltas come with the maps. */
public enum Measure {
    /** Deletion and insertion AUC: a hundred altered copies of each input. */
    AUC,
    /** Fifty altered copies of each input. */
    INFIDELITY,
    /** Ten times the work of the map itself. */
    MAX_SENSITIVITY
}
