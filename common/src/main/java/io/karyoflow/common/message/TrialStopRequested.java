package io.karyoflow.common.message;

/** Whoever trains this trial must stop after the running step; {@code reason} is for people. */
public record TrialStopRequested(String studyId, String trialId, String reason) {}
