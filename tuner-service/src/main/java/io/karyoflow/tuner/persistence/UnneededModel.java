package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.study.ModelInUseException;
import io.karyoflow.tuner.study.UnknownIdException;
import org.jdbi.v3.core.Handle;

/** A stored model that nobody needs, and that nobody promotes before this transaction ends. */
final class UnneededModel {
    private final Handle handle;
    private final String id;

    private UnneededModel(Handle handle, String id) {
        this.handle = handle;
        this.id = id;
    }

    /**
     * Waits for promotions of the model that are under way; those that come later wait for this transaction.
     *
     * @throws UnknownIdException if it is not stored
     * @throws ModelInUseException if somebody needs it
     */
    static UnneededModel hold(Handle handle, String id) {
        String study = handle.createQuery("SELECT study_id FROM model WHERE id = :id AND deleted_at IS NULL FOR UPDATE")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .orElseThrow(() -> UnknownIdException.ofModel(id));
        UnneededModel model = new UnneededModel(handle, id);
        // in this order: what a study promotes when it ends is there when its end is
        model.checkStudy(study);
        model.checkService();
        return model;
    }

    void delete() {
        handle.createUpdate("UPDATE model SET bundle = NULL, deleted_at = now() WHERE id = :id")
                .bind("id", id)
                .execute();
    }

    private void checkStudy(String study) {
        boolean goesOn = handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM study WHERE id = :study AND state IN ('RUNNING', 'STOPPING'))")
                .bind("study", study)
                .mapTo(Boolean.class)
                .one();
        if (goesOn) {
            throw new ModelInUseException("study " + study + ", which model " + id
                    + " is of, has not ended and may promote it; wait for its end, or ask for it with POST /studies/"
                    + study
                    + "/stop");
        }
    }

    /** A model is needed until its successor is announced: until then services that start look for it. */
    private void checkService() {
        handle.createQuery(
                        """
                        SELECT NOT EXISTS (
                                   SELECT 1 FROM promotion later WHERE later.role = p.role AND later.id > p.id) AS latest
                        FROM promotion p
                        WHERE p.model_id = :id AND NOT EXISTS (
                            SELECT 1 FROM promotion later
                            WHERE later.role = p.role AND later.id > p.id AND later.sent_at IS NOT NULL)
                        ORDER BY latest DESC LIMIT 1""")
                .bind("id", id)
                .mapTo(Boolean.class)
                .findOne()
                .ifPresent(latest -> {
                    throw new ModelInUseException(
                            latest
                                    ? "model " + id + " is in service; promote another one first with POST"
                                            + " /models/{id}/promotion"
                                    : "model " + id
                                            + " was in service until just now, and that another one is has not been"
                                            + " announced yet; try again in a moment");
                });
    }
}
