package io.karyoflow.tuner.study;

import java.time.Duration;

/**
 * When to give up on a worker, on a trial, and on a request.
 *
 * @param lostAfter a worker that has been silent for longer has vanished
 * @param maxAttempts a trial whose workers have vanished this many times in a row, and got no further, has failed
 * @param untakenAfter a request that no worker has taken for longer may be lost
 */
public record TrialLimits(Duration lostAfter, int maxAttempts, Duration untakenAfter) {}
