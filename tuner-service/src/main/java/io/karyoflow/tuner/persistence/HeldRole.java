package io.karyoflow.tuner.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.tuner.study.PromotedBy;
import io.karyoflow.tuner.study.SaidOfPromotion;
import io.karyoflow.tuner.study.UnknownIdException;
import io.karyoflow.tuner.study.ValidatedModel;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A role that nobody else promotes to before this transaction ends: the model in service stays the one that a candidate is
 * judged by. The latest row of a role in the table {@code promotion} names the model that serves it.
 */
final class HeldRole {
    private final Handle handle;
    private final String role;

    private HeldRole(Handle handle, String role) {
        this.handle = handle;
        this.role = role;
    }

    /** Waits until no other transaction holds the role. */
    static HeldRole hold(Handle handle, String role) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('promotion to ' || ?, 0))", role);
        return new HeldRole(handle, role);
    }

    Optional<ValidatedModel> inService() {
        return handle.createQuery("SELECT model_id FROM promotion WHERE role = :role ORDER BY id DESC LIMIT 1")
                .bind("role", role)
                .mapTo(String.class)
                .findOne()
                .map(model -> ModelRepository.validated(handle, model));
    }

    /**
     * The latest promotion is due once more. If the role were not held, a later one might be committed and sent before this
     * transaction ends, and the older would follow it.
     */
    void announceAgain() {
        handle.createUpdate(
                        """
                        UPDATE promotion SET sent_at = NULL
                        WHERE id = (SELECT max(id) FROM promotion WHERE role = :role)""")
                .bind("role", role)
                .execute();
    }

    /** @throws UnknownIdException if the model is not stored */
    void promoteByHand(String modelId, SaidOfPromotion said) {
        promote(modelId, PromotedBy.HAND, said);
    }

    /**
     * @param reason why the model's study wants it in service
     * @throws UnknownIdException if the model is not stored
     */
    void promoteByStudy(String modelId, String reason) {
        promote(modelId, PromotedBy.STUDY, new SaidOfPromotion(reason, null));
    }

    /**
     * Dated now and not at the transaction's begin, and after the one before even if the clock was put back: services go by
     * the time, and it must rise from row to row. The model's row stays locked, so that nobody deletes it meanwhile.
     */
    private void promote(String modelId, PromotedBy promotedBy, SaidOfPromotion said) {
        int promoted = handle.createUpdate(
                        """
                        INSERT INTO promotion (role, model_id, promoted_at, promoted_by, reason, said_by)
                        SELECT :role, id,
                               greatest(
                                   clock_timestamp(),
                                   (SELECT max(promoted_at) + interval '1 microsecond' FROM promotion WHERE role = :role)),
                               :promotedBy, :reason, :saidBy
                        FROM model
                        WHERE id = :model AND deleted_at IS NULL FOR SHARE""")
                .bind("role", role)
                .bind("model", modelId)
                .bind("promotedBy", promotedBy)
                .bind("reason", StorableText.ofNullable(said.reason()))
                .bind("saidBy", StorableText.ofNullable(said.by()))
                .execute();
        if (promoted == 0) {
            throw UnknownIdException.ofModel(modelId);
        }
    }
}
