package io.karyoflow.tuner.overview;

import io.karyoflow.tuner.study.PromotedBy;
import java.time.Instant;

/**
 * One time that a model was put into service.
 *
 * @param studyId the study that the model is of
 * @param trialId the trial that the model is of
 * @param replacedAt when the next was put into service in its place, or null while it serves
 * @param promotedBy null if it was before this was written down
 * @param reason why its study promoted it, or what was said of why it was done by hand; null if nothing was
 * @param saidBy who wanted it by hand, as whoever asked said; null if nothing was said
 * @param modelDeletedAt null if the model is still stored
 */
public record PromotionOverview(
        String role,
        String modelId,
        String studyId,
        String trialId,
        Instant promotedAt,
        Instant replacedAt,
        PromotedBy promotedBy,
        String reason,
        String saidBy,
        Instant modelDeletedAt) {}
