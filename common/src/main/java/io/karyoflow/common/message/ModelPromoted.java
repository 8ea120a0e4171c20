package io.karyoflow.common.message;

import java.time.Instant;

/**
 * From now on {@code modelId} serves {@code role}. The bundle is in PostgreSQL.
 *
 * @param role the record's key; {@link #DEFAULT_ROLE} is the one that inference and explain serve
 * @param modelId the model's id in the table {@code model}
 * @param sha256 of the bundle, 64 hexadecimal digits
 * @param studyId the study it came from
 * @param trialId the trial it came from
 */
public record ModelPromoted(
        String role, String modelId, String sha256, String studyId, String trialId, Instant promotedAt) {
    public static final String DEFAULT_ROLE = "default";
}
