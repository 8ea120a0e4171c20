package io.karyoflow.tuner.study;

import java.time.Instant;

/**
 * One configuration, trained and judged: where it stands. What it has shown is the study's {@link StudyHistory}.
 *
 * @param number in its study, from 1 in order of proposal
 * @param attempt from 1; the next begins with each loss of a worker
 * @param checkpointAttempt the attempt that got to where its latest checkpoint is, 0 if there is none
 * @param passedEpoch the latest after which the scheduler let it go on, 0 before
 * @param lastSign when the worker that holds this attempt last showed life; null while none has taken it
 * @param stopReason why it was asked to stop, or null
 * @param modelId once completed
 */
public record Trial(
        String id,
        int number,
        TrialState state,
        int attempt,
        int checkpointAttempt,
        int passedEpoch,
        Instant lastSign,
        String stopReason,
        String modelId) {

    boolean ended() {
        return state.ended();
    }

    /** Whether a worker has this attempt in hand: then it must be asked to stop, and may vanish. */
    boolean held() {
        return !ended() && lastSign != null;
    }

    /** Losses in a row that have brought it no further, if this attempt's worker has vanished, too. */
    int fruitlessAttempts() {
        return attempt - checkpointAttempt;
    }

    boolean askedToStop() {
        return stopReason != null;
    }

    Trial in(TrialState next) {
        return new Trial(id, number, next, attempt, checkpointAttempt, passedEpoch, lastSign, stopReason, modelId);
    }

    Trial passed(int epoch) {
        return new Trial(id, number, state, attempt, checkpointAttempt, epoch, lastSign, stopReason, modelId);
    }

    Trial stoppedFor(String reason) {
        return new Trial(id, number, state, attempt, checkpointAttempt, passedEpoch, lastSign, reason, modelId);
    }

    /** A stop that it was asked for came too late. */
    Trial completedAs(String model) {
        return new Trial(
                id, number, TrialState.COMPLETED, attempt, checkpointAttempt, passedEpoch, lastSign, null, model);
    }

    Trial retried() {
        return new Trial(
                id, number, TrialState.QUEUED, attempt + 1, checkpointAttempt, passedEpoch, null, stopReason, modelId);
    }
}
