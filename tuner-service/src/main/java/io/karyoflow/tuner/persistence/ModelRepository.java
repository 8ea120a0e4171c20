package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.tuner.study.Models;
import io.karyoflow.tuner.study.SaidOfPromotion;
import io.karyoflow.tuner.study.StoredBundle;
import io.karyoflow.tuner.study.StudyPlanned;
import io.karyoflow.tuner.study.UnknownIdException;
import io.karyoflow.tuner.study.ValidatedModel;
import io.karyoflow.tuner.study.ValidationFold;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which models there are (trainers write the table {@code model}) and which were promoted. */
@Singleton
public class ModelRepository implements Models {
    private final Database database;
    private final Event<StudyPlanned> planned;

    ModelRepository(Database database, Event<StudyPlanned> planned) {
        this.database = database;
        this.planned = planned;
    }

    @Override
    public boolean exists(String modelId) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT 1 FROM model WHERE id = :id AND deleted_at IS NULL)")
                .bind("id", modelId)
                .mapTo(Boolean.class)
                .one());
    }

    @Override
    public Optional<StoredBundle> bundle(String modelId) {
        return database.inTransaction(handle -> handle.createQuery(
                        "SELECT sha256, size_bytes FROM model WHERE id = :id AND deleted_at IS NULL")
                .bind("id", modelId)
                .map((row, context) -> bundle(modelId, row.getString("sha256"), row.getInt("size_bytes")))
                .findOne());
    }

    private StoredBundle bundle(String modelId, String sha256, int bytes) {
        return new StoredBundle(
                sha256, bytes, () -> new SlicedBytes(bytes, (from, count) -> slice(modelId, from, count)));
    }

    /** The server fetches no more than the slice, because the column is neither compressed nor in the row. */
    private byte[] slice(String modelId, int from, int count) {
        return database.inTransaction(handle -> handle.createQuery(
                        """
                        SELECT substring(bundle FROM :first FOR :count) FROM model
                        WHERE id = :id AND deleted_at IS NULL""")
                .bind("first", from + 1)
                .bind("count", count)
                .bind("id", modelId)
                .mapTo(byte[].class)
                .findOne()
                .orElseThrow(() -> UnknownIdException.ofModel(modelId)));
    }

    @Override
    public void promote(String modelId, String role, SaidOfPromotion said) {
        database.useTransaction(handle -> HeldRole.hold(handle, role).promoteByHand(modelId, said));
        planned.fireAsync(new StudyPlanned());
    }

    @Override
    public void delete(String modelId) {
        database.useTransaction(handle -> UnneededModel.hold(handle, modelId).delete());
    }

    /**
     * What its {@code model.json} says, and the registration of its data set; also if its bundle was deleted. There must have
     * been such a model.
     */
    static ValidatedModel validated(Handle handle, String modelId) {
        return handle.createQuery(
                        """
                        SELECT m.description,
                               d.registration -> 'foldFingerprints'
                                   ->> CAST(m.description ->> 'validationFold' AS integer) AS fingerprint
                        FROM model m LEFT JOIN dataset d ON d.id = m.description ->> 'datasetId'
                        WHERE m.id = :id""")
                .bind("id", modelId)
                .map((row, context) -> validated(
                        modelId,
                        MessageJson.read(row.getString("description"), ModelDescription.class),
                        row.getString("fingerprint")))
                .one();
    }

    private static ValidatedModel validated(String modelId, ModelDescription description, String fingerprint) {
        return new ValidatedModel(
                modelId,
                description.classes(),
                new ValidationFold(description.datasetId(), description.validationFold(), fingerprint),
                description.validation());
    }
}
