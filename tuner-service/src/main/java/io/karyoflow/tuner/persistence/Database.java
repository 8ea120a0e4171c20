package io.karyoflow.tuner.persistence;

import io.karyoflow.common.database.DatabaseOutage;
import io.karyoflow.common.database.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** PostgreSQL, with outages told apart from statements that will never succeed. */
@Singleton
public class Database {
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
            if (DatabaseOutage.isCauseOf(e)) {
                throw new StoreUnavailableException("PostgreSQL does not answer: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    void useTransaction(Consumer<Handle> work) {
        inTransaction(handle -> {
            work.accept(handle);
            return null;
        });
    }
}
