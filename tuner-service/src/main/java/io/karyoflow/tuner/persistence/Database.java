package io.karyoflow.tuner.persistence;

import io.karyoflow.tuner.study.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** PostgreSQL, with outages told apart from statements that will never succeed. */
@Singleton
public class Database {
    /**
     * Classes of SQLSTATE that pass: connection, transaction rolled back (deadlock), resources, operator intervention
     * (shutdown), system error.
     */
    private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "58");

    private final Jdbi jdbi;

    Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
    }

    /**
     * Runs in one transaction; whatever is thrown rolls it back.
     *
     * @throws StoreUnavailableException if the database does not answer
     */
    <T> T inTransaction(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    void useTransaction(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return null;
        });
    }

    private static RuntimeException translated(JdbiException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && passes(sql)) {
                return new StoreUnavailableException("PostgreSQL does not answer: " + sql.getMessage(), e);
            }
        }
        return e;
    }

    private static boolean passes(SQLException e) {
        String state = e.getSQLState();
        // without a state it comes from the pool: no connection in time
        return e instanceof SQLTransientException
                || state == null
                || state.length() < 2
                || PASSING.contains(state.substring(0, 2));
    }
}
