package io.karyoflow.trainer.trial;

import io.karyoflow.trainer.evaluation.Predictions;
import io.karyoflow.trainer.training.TrainingState;
import java.time.Duration;

/**
 * Where a trial stands between two steps: whoever goes on from here ends with the same numbers as if nothing had happened.
 *
 * @param epoch the one that is being trained, from 1
 * @param step steps of it that are done; all of them if it is still to be validated, or to be recorded and said
 * @param trainingTime that those steps took
 * @param learned what they showed of their images
 * @param plateau what early stopping remembers
 * @param state what has been learned; chance follows from the trial's seed and the place
 */
public record Checkpoint(
        int epoch, int step, Duration trainingTime, Predictions learned, Plateau plateau, TrainingState state) {}
