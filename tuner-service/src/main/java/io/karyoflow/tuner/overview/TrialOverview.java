package io.karyoflow.tuner.overview;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.tuner.study.TrialState;
import java.time.Instant;

/**
 * A trial at a glance.
 *
 * @param epochsDone whole epochs trained so far
 * @param epochs the budget
 * @param validation metrics of the latest epoch, or null before the first
 * @param worker who has it or had it last, or null
 * @param device what it trains on, or null
 * @param modelId once it is completed, also when the model has been deleted; or null
 * @param validationFold the fold that it is validated on
 */
public record TrialOverview(
        String id,
        String studyId,
        int number,
        TrialState state,
        int attempt,
        Hyperparameters hyperparameters,
        int epochsDone,
        int epochs,
        EpochMetrics validation,
        String worker,
        String device,
        String failure,
        String stopReason,
        String modelId,
        long seed,
        int validationFold,
        Instant createdAt,
        Instant startedAt,
        Instant finishedAt) {}
