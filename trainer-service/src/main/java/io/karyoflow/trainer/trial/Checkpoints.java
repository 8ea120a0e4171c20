package io.karyoflow.trainer.trial;

import io.karyoflow.common.message.TrialRequested;
import java.util.Optional;

/** Where trials that run leave what another worker would need: each its latest checkpoint, until it ends. */
public interface Checkpoints {
    /**
     * Replaces the trial's earlier one.
     *
     * @return whether it was kept: not if the trial is no longer this worker's, or the checkpoint is larger than allowed
     * @throws OutageException if it could not be stored just now
     */
    boolean save(TrialRequested request, Worker worker, Checkpoint checkpoint);

    /**
     * The latest of any attempt at the trial; empty if there is none that can be read.
     *
     * @throws OutageException if it could not be read just now
     */
    Optional<Checkpoint> latest(TrialRequested request);
}
