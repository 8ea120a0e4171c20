package io.karyoflow.tuner.study;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import java.time.Instant;
import java.util.SortedMap;

/**
 * One configuration, trained and judged.
 *
 * @param number in its study, from 1 in order of proposal
 * @param attempt from 1; the next begins with each loss of a worker
 * @param checkpointAttempt the attempt that got to where its latest checkpoint is, 0 if there is none
 * @param passedEpoch the latest after which the scheduler let it go on, 0 before
 * @param lastSign when the worker that holds this attempt last showed life; null while none has taken it
 * @param stopReason why it was asked to stop, or null
 * @param modelId once completed
 * @param validation metrics on the validation fold by epoch, from 1
 */
public record Trial(
        String id,
        int number,
        TrialState state,
        int attempt,
        int checkpointAttempt,
        int passedEpoch,
        Hyperparameters hyperparameters,
        Instant lastSign,
        String stopReason,
        String modelId,
        SortedMap<Integer, EpochMetrics> validation) {

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

    /** Of its latest epoch, higher is better; NaN before its first. */
    double score(Metric metric) {
        return validation.isEmpty() ? Double.NaN : metric.score(validation.get(validation.lastKey()));
    }

    Trial in(TrialState next) {
        return new Trial(
                id,
                number,
                next,
                attempt,
                checkpointAttempt,
                passedEpoch,
                hyperparameters,
                lastSign,
                stopReason,
                modelId,
                validation);
    }

    Trial passed(int epoch) {
        return new Trial(
                id,
                number,
                state,
                attempt,
                checkpointAttempt,
                epoch,
                hyperparameters,
                lastSign,
                stopReason,
                modelId,
                validation);
    }

    Trial stoppedFor(String reason) {
        return new Trial(
                id,
                number,
                state,
                attempt,
                checkpointAttempt,
                passedEpoch,
                hyperparameters,
                lastSign,
                reason,
                modelId,
                validation);
    }

    /** A stop that it was asked for came too late. */
    Trial completedAs(String model) {
        return new Trial(
                id,
                number,
                TrialState.COMPLETED,
                attempt,
                checkpointAttempt,
                passedEpoch,
                hyperparameters,
                lastSign,
                null,
                model,
                validation);
    }

    Trial retried() {
        return new Trial(
                id,
                number,
                TrialState.QUEUED,
                attempt + 1,
                checkpointAttempt,
                passedEpoch,
                hyperparameters,
                null,
                stopReason,
                modelId,
                validation);
    }
}
