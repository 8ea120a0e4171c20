package io.karyoflow.tuner.study;

import java.time.Duration;

/**
 * When to give up on a worker, and on a trial.
 *
 * @param lostAfter a worker that has been silent for longer has vanished
 * @param maxAttempts a trial whose workers have vanished this many times has failed
 */
public record TrialLimits(Duration lostAfter, int maxAttempts) {}
