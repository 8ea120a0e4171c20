package io.karyoflow.ingest.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.ingest.label.LabelQuery;
import io.karyoflow.ingest.label.Labels;
import io.karyoflow.ingest.label.StoredLabel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A selection of labels as one transaction sees them, fetched a thousand at a time. */
final class SelectedLabels implements Labels.Selection {
    private static final Logger LOG = LoggerFactory.getLogger(SelectedLabels.class);
    private static final int FETCH_SIZE = 1000;

    private final Database database;
    private final Handle handle;
    private final List<String> conditions = new ArrayList<>(List.of("true"));
    private final Map<String, Object> values = new LinkedHashMap<>();

    private SelectedLabels(Database database, Handle handle, LabelQuery query) {
        this.database = database;
        this.handle = handle;
        where("slide = :slide", "slide", StorableText.ofNullable(query.slide()));
        where("predicted_at >= :from", "from", query.from());
        where("predicted_at < :to", "to", query.to());
        where("model_id = :model", "model", StorableText.ofNullable(query.modelId()));
        where("is_within_margin(probabilities, label, :maxMargin)", "maxMargin", query.maxMargin());
    }

    private void where(String condition, String name, Object value) {
        if (value != null) {
            conditions.add(condition);
            values.put(name, value);
        }
    }

    static SelectedLabels open(Database database, LabelQuery query) {
        SelectedLabels selected = new SelectedLabels(database, database.open(), query);
        try {
            selected.begin();
            return selected;
        } catch (RuntimeException e) {
            selected.close();
            throw e;
        }
    }

    /**
     * What is counted, and what is then read, is the same. For this PostgreSQL keeps what is deleted anywhere meanwhile, such as
     * hundreds of megabytes of trainers' checkpoints a minute: not for somebody who has stopped reading.
     */
    private void begin() {
        database.reported(() -> {
            handle.begin();
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return handle.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'");
        });
    }

    @Override
    public List<String> classNames() {
        return database.reported(() -> query(
                        """
                        SELECT each.name
                        FROM (SELECT DISTINCT class_names FROM prediction WHERE %s) selected
                        CROSS JOIN LATERAL unnest(selected.class_names) WITH ORDINALITY AS each (name, place)
                        GROUP BY each.name
                        ORDER BY min(each.place), each.name""")
                .mapTo(String.class)
                .list());
    }

    @Override
    public long withoutPosition() {
        return database.reported(() -> query("SELECT count(*) FROM prediction WHERE %s AND (x IS NULL OR y IS NULL)")
                .mapTo(Long.class)
                .one());
    }

    @Override
    public Iterator<StoredLabel> iterator() {
        return database.reported(() -> query(
                        "SELECT " + LabelRow.COLUMNS + " FROM prediction WHERE %s ORDER BY predicted_at, request_id")
                .setFetchSize(FETCH_SIZE)
                .map(LabelRow::label)
                .iterator());
    }

    /** @param sql with a place for the conditions */
    private Query query(String sql) {
        return handle.createQuery(sql.formatted(String.join(" AND ", conditions)))
                .attachToHandleForCleanup()
                .bindMap(values);
    }

    /** Throws nothing: what was read is right, however the session ends. */
    @Override
    public void close() {
        try (handle) {
            if (handle.isInTransaction()) {
                handle.rollback();
            }
        } catch (JdbiException e) {
            LOG.warn("a session that read labels did not end well: {}", e.getMessage());
        }
    }
}
