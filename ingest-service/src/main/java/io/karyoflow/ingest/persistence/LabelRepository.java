package io.karyoflow.ingest.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.common.message.Prediction.ClassProbability;
import io.karyoflow.ingest.label.KeepLabels;
import io.karyoflow.ingest.label.LabelQuery;
import io.karyoflow.ingest.label.Labels;
import io.karyoflow.ingest.label.StoredLabel;
import io.karyoflow.ingest.label.UnstorableLabelException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The table {@code prediction}. */
@ApplicationScoped
class LabelRepository implements KeepLabels, Labels {
    /** One that comes again, or later for the same request, takes the place of the older. */
    private static final String UPSERT =
            """
            INSERT INTO prediction (request_id, image_id, filename, slide, x, y, colours, label, class_name, class_names,
                                    probabilities, model_id, requested_at, predicted_at, warning)
            VALUES (:requestId, :imageId, :filename, :slide, :x, :y, :colours, :label, :className, :classNames,
                    :probabilities, :modelId, :requestedAt, :predictedAt, :warning)
            ON CONFLICT (request_id) DO UPDATE
            SET image_id = excluded.image_id, filename = excluded.filename, slide = excluded.slide, x = excluded.x,
                y = excluded.y, colours = excluded.colours, label = excluded.label, class_name = excluded.class_name,
                class_names = excluded.class_names, probabilities = excluded.probabilities,
                model_id = excluded.model_id, requested_at = excluded.requested_at,
                predicted_at = excluded.predicted_at, warning = excluded.warning
            WHERE prediction.predicted_at <= excluded.predicted_at""";

    /**
     * Classes of SQLSTATE that blame the row: data exception, integrity constraint violation, program limit exceeded (a text
     * that is too long for an index).
     */
    private static final Set<String> REFUSED = Set.of("22", "23", "54");

    private final Database database;

    LabelRepository(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public void store(List<StoredLabel> labels) {
        if (labels.isEmpty()) {
            return;
        }
        try {
            database.inTransaction(handle -> {
                PreparedBatch batch = handle.prepareBatch(UPSERT);
                labels.forEach(label -> add(label, batch));
                return Database.execute(batch);
            });
        } catch (JdbiException e) {
            throw refusal(e);
        }
    }

    private static void add(StoredLabel label, PreparedBatch batch) {
        List<ClassProbability> probabilities = label.probabilities();
        batch.bind("requestId", StorableText.of(label.requestId()))
                .bind("imageId", StorableText.of(label.imageId()))
                .bind("filename", StorableText.ofNullable(label.filename()))
                .bind("slide", StorableText.ofNullable(label.slide()))
                .bind("x", label.x())
                .bind("y", label.y())
                .bindByType("colours", array(label.colours()), Float[].class) // as one batch may have some and none
                .bind("label", label.label())
                .bind("className", StorableText.of(label.className()))
                .bind(
                        "classNames",
                        probabilities.stream()
                                .map(each -> StorableText.of(each.className()))
                                .toArray(String[]::new))
                .bind(
                        "probabilities",
                        probabilities.stream()
                                .map(each -> (float) each.probability())
                                .toArray(Float[]::new))
                .bind("modelId", StorableText.of(label.modelId()))
                .bind("requestedAt", label.requestedAt())
                .bind("predictedAt", label.predictedAt())
                .bind("warning", StorableText.ofNullable(label.warning()))
                .add();
    }

    private static Float[] array(List<Float> numbers) {
        return numbers == null ? null : numbers.toArray(Float[]::new);
    }

    private static RuntimeException refusal(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && REFUSED.contains(sql.getSQLState().substring(0, 2))) {
                return new UnstorableLabelException("PostgreSQL does not store it: " + sql.getMessage(), e);
            }
        }
        return e;
    }

    @Override
    public Optional<StoredLabel> find(String requestId) {
        return database.withHandle(
                handle -> handle.createQuery("SELECT " + LabelRow.COLUMNS + " FROM prediction WHERE request_id = :id")
                        .bind("id", StorableText.of(requestId))
                        .map(LabelRow::label)
                        .findOne());
    }

    @Override
    public Selection select(LabelQuery query) {
        return SelectedLabels.open(database, query);
    }

    @Override
    public boolean delete(String requestId) {
        return database.withHandle(handle -> handle.createUpdate("DELETE FROM prediction WHERE request_id = :id")
                        .bind("id", StorableText.of(requestId))
                        .execute())
                > 0;
    }

    @Override
    public int deleteOfSlide(String slide) {
        return database.withHandle(handle -> handle.createUpdate("DELETE FROM prediction WHERE slide = :slide")
                .bind("slide", StorableText.of(slide))
                .execute());
    }
}
