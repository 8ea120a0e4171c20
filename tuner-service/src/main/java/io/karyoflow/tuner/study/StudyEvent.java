package io.karyoflow.tuner.study;

import io.karyoflow.common.message.TrialEvent;

/** What may happen to a study. */
public sealed interface StudyEvent {
    /** It was just created: its first trials are due. */
    record StudyCreated() implements StudyEvent {}

    /** A trainer said something of one of its trials. */
    record TrialReported(TrialEvent report) implements StudyEvent {}

    /** Somebody wants it to end; the reason is for people. */
    record StopAsked(String reason) implements StudyEvent {}

    /** Nothing but time has passed: some workers may have been silent for too long. */
    record TimePassed() implements StudyEvent {}
}
