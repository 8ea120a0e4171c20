package io.karyoflow.tuner.persistence;

import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.tuner.study.Datasets;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code dataset}, which ingest writes. */
@Singleton
public class DatasetRepository implements Datasets {
    private final Database database;

    DatasetRepository(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Found> find(String id) {
        return database.inTransaction(handle -> find(handle, id));
    }

    static Optional<Found> find(Handle handle, String id) {
        return handle.createQuery("SELECT state, registration FROM dataset WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Found(
                        id,
                        row.getString("state"),
                        registration(row.getString("state"), row.getString("registration"))))
                .findOne();
    }

    private static Optional<DatasetRegistered> registration(String state, String json) {
        return "REGISTERED".equals(state)
                ? Optional.ofNullable(json).map(text -> MessageJson.read(text, DatasetRegistered.class))
                : Optional.empty();
    }
}
