package io.karyoflow.common.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;

/** Tells a database that does not answer just now from a statement that will never succeed. */
public final class DatabaseOutage {
    /**
     * Classes of SQLSTATE that pass: connection, transaction rolled back (deadlock), resources, operator intervention
     * (shutdown), system error.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");

    /** What a standby says until it is promoted, and a hosted server whose disk is nearly full: it takes no writes. */
    private static final String READ_ONLY = "25006";

    private DatabaseOutage() {}

    /** Whether what was tried may succeed when it is tried again, unchanged. */
    public static boolean isCauseOf(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            // without a connection, nothing was asked that could be refused, whatever the reason is
            if (cause instanceof ConnectionException || cause instanceof SQLException sql && passes(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean passes(SQLException e) {
        String state = e.getSQLState();
        // without a state it comes from the pool: no connection in time
        return e instanceof SQLTransientException
                || state == null
                || state.length() < 2
                || state.equals(READ_ONLY)
                || PASSING.contains(state.substring(0, 2));
    }
}
