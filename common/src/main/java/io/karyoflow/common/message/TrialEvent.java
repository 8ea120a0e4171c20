package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;

/** What a trainer says of a trial. In PostgreSQL already when it is said. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = TrialEvent.Started.class, name = "Started"),
    @JsonSubTypes.Type(value = TrialEvent.EpochCompleted.class, name = "EpochCompleted"),
    @JsonSubTypes.Type(value = TrialEvent.Completed.class, name = "Completed"),
    @JsonSubTypes.Type(value = TrialEvent.Failed.class, name = "Failed"),
    @JsonSubTypes.Type(value = TrialEvent.Stopped.class, name = "Stopped")
})
public sealed interface TrialEvent {
    String studyId();

    String trialId();

    /** of the request that it answers */
    int attempt();

    Instant time();

    /** A worker has the trial; {@code device} is what it trains on, for example {@code CPU} or {@code GPU:0}. */
    record Started(String studyId, String trialId, int attempt, Instant time, String worker, String device)
            implements TrialEvent {}

    /** An epoch is trained and validated; {@code epoch} counts from 1. */
    record EpochCompleted(
            String studyId,
            String trialId,
            int attempt,
            Instant time,
            int epoch,
            EpochMetrics training,
            EpochMetrics validation,
            double learningRate,
            double imagesPerSecond)
            implements TrialEvent {}

    /** All epochs are done and the model is stored. */
    record Completed(
            String studyId,
            String trialId,
            int attempt,
            Instant time,
            int epochs,
            EpochMetrics validation,
            String modelId)
            implements TrialEvent {}

    /** The trial cannot be finished, for example because its loss is not a number; the worker goes on with others. */
    record Failed(String studyId, String trialId, int attempt, Instant time, String reason) implements TrialEvent {
        public Failed {
            reason = Reason.cut(reason);
        }
    }

    /** The trial was stopped as asked, after {@code epochs} whole epochs. No model is stored. */
    record Stopped(String studyId, String trialId, int attempt, Instant time, int epochs) implements TrialEvent {}
}
