package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.training.Compute;
import java.time.Duration;

/**
 * What is the same for all trials of a trainer.
 *
 * @param compute of one slot
 * @param heartbeat interval between signs of life in the database
 * @param checkpointInterval between checkpoints of a trial, at least
 * @param retryPause before the second try after an outage
 * @param codeVersion stored with each model
 */
public record TrialSettings(
        Compute compute, Duration heartbeat, Duration checkpointInterval, Duration retryPause, String codeVersion) {}
