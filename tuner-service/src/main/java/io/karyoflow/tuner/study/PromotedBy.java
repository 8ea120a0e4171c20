package io.karyoflow.tuner.study;

/** Who put a model into service. */
public enum PromotedBy {
    /** the study that it is of, when it ended */
    STUDY,
    /** somebody, whatever was in service */
    HAND
}
