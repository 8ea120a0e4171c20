package io.karyoflow.tuner.overview;

import io.karyoflow.common.message.EpochMetrics;
import java.time.Instant;
import java.util.List;

/**
 * A stored model at a glance.
 *
 * @param validation metrics on the validation fold after its last epoch
 * @param promotedAt when it was last promoted, or null
 * @param serving whether it is the latest promoted
 */
public record ModelOverview(
        String id,
        String studyId,
        String trialId,
        String architecture,
        List<String> classes,
        EpochMetrics validation,
        long sizeBytes,
        String sha256,
        Instant createdAt,
        Instant promotedAt,
        boolean serving) {}
