package io.karyoflow.ingest.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.common.message.DatasetRegistered;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.ingest.dataset.Dataset;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportReport;
import io.karyoflow.ingest.dataset.ImportRequest;
import io.karyoflow.ingest.dataset.ImportState;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code dataset}. */
@ApplicationScoped
class DatasetRepository implements Datasets {
    private static final String COLUMNS =
            """
            SELECT id, name, state, checked, published, total, report, registration, error, created_at, finished_at
            FROM dataset
            """;

    private final Database database;

    DatasetRepository(DataSource dataSource) {
        this.database = new Database(dataSource);
    }

    @Override
    public void add(String id, ImportRequest request) {
        database.useHandle(handle -> handle.createUpdate(
                        """
                        INSERT INTO dataset (id, name, state, request)
                        VALUES (:id, :name, 'VALIDATING', CAST(:request AS jsonb))""")
                .bind("id", id)
                .bind("name", StorableText.of(request.name()))
                .bind("request", StorableText.json(request))
                .execute());
    }

    @Override
    public Optional<Dataset> find(String id) {
        return database.withHandle(handle -> handle.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", StorableText.of(id))
                .map(DatasetRepository::dataset)
                .findOne());
    }

    @Override
    public List<Dataset> list() {
        return database.withHandle(handle -> handle.createQuery(COLUMNS + "ORDER BY created_at DESC, id")
                .map(DatasetRepository::dataset)
                .list());
    }

    @Override
    public int count(ImportState state) {
        return database.withHandle(handle -> handle.createQuery("SELECT count(*) FROM dataset WHERE state = :state")
                .bind("state", state.name())
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public List<Dataset> running() {
        return database.withHandle(handle -> handle.createQuery(
                        COLUMNS + "WHERE state IN ('VALIDATING', 'PUBLISHING') ORDER BY created_at, id")
                .map(DatasetRepository::dataset)
                .list());
    }

    @Override
    public Map<String, ImportRequest> unfinished() {
        Map<String, ImportRequest> requests = new LinkedHashMap<>();
        database.useHandle(handle -> handle.createQuery(
                        """
                        SELECT id, request FROM dataset
                        WHERE state IN ('VALIDATING', 'PUBLISHING')
                        ORDER BY created_at, id""")
                .map((row, context) ->
                        Map.entry(row.getString("id"), MessageJson.read(row.getString("request"), ImportRequest.class)))
                .forEach(entry -> requests.put(entry.getKey(), entry.getValue())));
        return requests;
    }

    @Override
    public void validating(String id) {
        update(
                id,
                "state = 'VALIDATING', checked = 0, published = 0, total = NULL, report = NULL, attempts = attempts + 1",
                Map.of());
    }

    @Override
    public int attempts(String id) {
        return database.withHandle(handle -> handle.createQuery("SELECT attempts FROM dataset WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one());
    }

    @Override
    public void survived(String id) {
        update(id, "attempts = greatest(attempts - 1, 0)", Map.of());
    }

    @Override
    public void progress(String id, int checked, int published, Integer total) {
        database.useHandle(handle -> handle.createUpdate(
                        """
                        UPDATE dataset SET checked = :checked, published = :published, total = :total
                        WHERE id = :id""")
                .bind("checked", checked)
                .bind("published", published)
                .bind("total", total)
                .bind("id", id)
                .execute());
    }

    @Override
    public void publishing(String id, ImportReport report) {
        update(
                id,
                "state = 'PUBLISHING', report = CAST(:report AS jsonb)",
                Map.of("report", StorableText.json(report)));
    }

    @Override
    public void registered(String id, DatasetRegistered registration) {
        update(
                id,
                "state = 'REGISTERED', registration = CAST(:registration AS jsonb), finished_at = now()",
                Map.of("registration", StorableText.json(registration)));
    }

    @Override
    public void rejected(String id, ImportReport report, String error) {
        update(
                id,
                "state = 'REJECTED', report = CAST(:report AS jsonb), error = :error, finished_at = now()",
                Map.of("report", StorableText.json(report), "error", StorableText.of(error)));
    }

    @Override
    public void failed(String id, String error) {
        update(id, "state = 'FAILED', error = :error, finished_at = now()", Map.of("error", StorableText.of(error)));
    }

    @Override
    public List<DatasetRegistered> unannounced() {
        return database.withHandle(handle -> handle.createQuery(
                        """
                        SELECT registration FROM dataset
                        WHERE state = 'REGISTERED' AND announced_at IS NULL
                        ORDER BY finished_at""")
                .map((row, context) -> MessageJson.read(row.getString("registration"), DatasetRegistered.class))
                .list());
    }

    @Override
    public void announced(String id) {
        update(id, "announced_at = now()", Map.of());
    }

    /** A session lock of PostgreSQL: gone with the connection, so also when this process dies. */
    @Override
    public Optional<Claim> claim(String id) {
        return database.reported(() -> {
            Handle handle = database.open();
            try {
                if (lock(handle, "pg_try_advisory_lock", id)) {
                    return Optional.of(() -> release(handle, id));
                }
                handle.close();
                return Optional.empty();
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        });
    }

    private void release(Handle handle, String id) {
        database.reported(() -> {
            try (handle) {
                return lock(handle, "pg_advisory_unlock", id);
            }
        });
    }

    private static boolean lock(Handle handle, String function, String id) {
        return handle.createQuery("SELECT " + function + "(hashtextextended(:id, 0))")
                .bind("id", "import " + id)
                .mapTo(Boolean.class)
                .one();
    }

    private void update(String id, String assignments, Map<String, String> values) {
        database.useHandle(handle -> handle.createUpdate("UPDATE dataset SET " + assignments + " WHERE id = :id")
                .bindMap(values)
                .bind("id", id)
                .execute());
    }

    private static Dataset dataset(ResultSet row, StatementContext context) throws SQLException {
        return new Dataset(
                row.getString("id"),
                row.getString("name"),
                ImportState.valueOf(row.getString("state")),
                row.getInt("checked"),
                row.getInt("published"),
                row.getObject("total", Integer.class),
                read(row.getString("report"), ImportReport.class).orElse(ImportReport.EMPTY),
                read(row.getString("registration"), DatasetRegistered.class).orElse(null),
                row.getString("error"),
                instant(row.getTimestamp("created_at")),
                instant(row.getTimestamp("finished_at")));
    }

    private static <T> Optional<T> read(String json, Class<T> type) {
        return Optional.ofNullable(json).map(text -> MessageJson.read(text, type));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
