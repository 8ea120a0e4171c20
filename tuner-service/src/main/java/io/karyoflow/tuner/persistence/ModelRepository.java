package io.karyoflow.tuner.persistence;

import io.karyoflow.common.database.ModelStore;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.model.ModelBundle;
import io.karyoflow.common.model.ModelDescription;
import io.karyoflow.tuner.study.Models;
import io.karyoflow.tuner.study.StudyPlanned;
import io.karyoflow.tuner.study.UnknownIdException;
import io.karyoflow.tuner.study.ValidatedModel;
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
        return database.inTransaction(handle -> exists(handle, modelId));
    }

    @Override
    public Optional<ModelBundle> bundle(String modelId) {
        return database.inTransaction(handle -> ModelStore.find(handle, modelId));
    }

    @Override
    public void promote(String modelId, String role) {
        database.useTransaction(handle -> {
            if (!exists(handle, modelId)) {
                throw new UnknownIdException("there is no model '" + modelId + "'; GET /models lists them");
            }
            HeldRole.hold(handle, role).promoteByHand(modelId);
        });
        planned.fireAsync(new StudyPlanned());
    }

    /** What its {@code model.json} says; the model must be there. */
    static ValidatedModel validated(Handle handle, String modelId) {
        ModelDescription description = handle.createQuery("SELECT description FROM model WHERE id = :id")
                .bind("id", modelId)
                .map((row, context) -> MessageJson.read(row.getString("description"), ModelDescription.class))
                .one();
        return new ValidatedModel(
                modelId,
                description.classes(),
                description.datasetId(),
                description.validationFold(),
                description.validation());
    }

    private static boolean exists(Handle handle, String modelId) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM model WHERE id = :id)")
                .bind("id", modelId)
                .mapTo(Boolean.class)
                .one();
    }
}
