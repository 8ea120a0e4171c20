package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.study.Models;
import io.karyoflow.tuner.study.StudyPlanned;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
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
    public void promote(String modelId, String role) {
        database.useTransaction(handle -> {
            if (!exists(handle, modelId)) {
                throw new UnknownIdException("there is no model '" + modelId + "'; GET /models lists them");
            }
            promote(handle, modelId, role);
        });
        planned.fireAsync(new StudyPlanned());
    }

    static void promote(Handle handle, String modelId, String role) {
        handle.createUpdate("INSERT INTO promotion (role, model_id) VALUES (:role, :model)")
                .bind("role", role)
                .bind("model", modelId)
                .execute();
    }

    private static boolean exists(Handle handle, String modelId) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM model WHERE id = :id)")
                .bind("id", modelId)
                .mapTo(Boolean.class)
                .one();
    }
}
