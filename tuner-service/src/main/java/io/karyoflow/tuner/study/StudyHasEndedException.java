package io.karyoflow.tuner.study;

/** It is too late to stop this study. */
public class StudyHasEndedException extends RuntimeException {
    public StudyHasEndedException(Study study) {
        super("study " + study.id() + " has ended already (" + study.state() + "); there is nothing to stop");
    }
}
