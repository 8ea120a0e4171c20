package io.karyoflow.tuner.study;

/** Decisions were stored: there may be something to send. */
public record StudyPlanned() {}
