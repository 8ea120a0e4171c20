package io.karyoflow.tuner.overview;

import io.karyoflow.common.message.EpochMetrics;
import io.karyoflow.tuner.study.StudySpecification;
import io.karyoflow.tuner.study.StudyState;
import io.karyoflow.tuner.study.TrialState;
import java.time.Instant;
import java.util.Map;

/**
 * A study at a glance.
 *
 * @param dataset the data set's id
 * @param plannedTrials how many trials it has when it runs to its end
 * @param trialCounts for every state, zeros included
 * @param bestTrialId of the completed trials, once the study has ended; or null, as it is for repeats, of which none is the
 *     best
 * @param bestValidation the best trial's metrics after its last epoch, or null
 * @param promotedModelId the latest of its models that was promoted, or null
 * @param promotionReason why its best model was promoted when the study ended, or was not; or null
 * @param failure why trials failed, the three most frequent reasons; or null
 */
public record StudyOverview(
        String id,
        String name,
        StudyState state,
        String dataset,
        String datasetName,
        StudySpecification specification,
        int plannedTrials,
        Map<TrialState, Integer> trialCounts,
        String bestTrialId,
        EpochMetrics bestValidation,
        String promotedModelId,
        String promotionReason,
        String failure,
        Instant createdAt,
        Instant finishedAt) {}
