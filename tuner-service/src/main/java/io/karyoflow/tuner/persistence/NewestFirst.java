package io.karyoflow.tuner.persistence;

import io.karyoflow.common.database.StorableText;
import io.karyoflow.tuner.overview.ListPart;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Finds a part of a table's rows by the time and the id of its first, so that nothing is listed twice or left out because of
 * what is new meanwhile.
 */
record NewestFirst(String table, ListPart part) {
    private static final String NOT_NEWER = "(created_at, id) <= (SELECT created_at, id FROM %s WHERE id = :from)";

    /** Whether there is what the part begins with. */
    boolean isKnown(Handle handle) {
        return part.from() == null
                || handle.createQuery("SELECT EXISTS (SELECT 1 FROM %s WHERE id = :from)".formatted(table))
                        .bind("from", StorableText.of(part.from()))
                        .mapTo(Boolean.class)
                        .one();
    }

    /**
     * Of one row more than the limit.
     *
     * @param sql with a place for what chooses rows of the table
     */
    Query query(Handle handle, String sql) {
        String condition = part.from() == null ? "true" : NOT_NEWER.formatted(table);
        Query query = handle.createQuery(sql.formatted(condition + " ORDER BY created_at DESC, id DESC LIMIT :rows"))
                .bind("rows", part.limit() + 1);
        return part.from() == null ? query : query.bind("from", StorableText.of(part.from()));
    }
}
