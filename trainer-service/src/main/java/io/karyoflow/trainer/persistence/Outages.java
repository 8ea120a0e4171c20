package io.karyoflow.trainer.persistence;

import io.karyoflow.trainer.trial.OutageException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/** Tells a database that does not answer just now from a statement that will never succeed. */
final class Outages {
    /**
     * Classes of SQLSTATE that pass: connection, transaction rolled back, resources, operator intervention, system.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
     */
    private static final List<String> PASSING = List.of("08", "40", "53", "57", "58");

    private Outages() {}

    /** @throws OutageException if the database does not answer just now */
    static <T> T reported(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (isOutage(e)) {
                throw new OutageException(what, e);
            }
            throw e;
        }
    }

    static boolean isOutage(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                // a pool that has no connection to give names no state
                return sql.getSQLState() == null || PASSING.stream().anyMatch(sql.getSQLState()::startsWith);
            }
        }
        return false;
    }
}
