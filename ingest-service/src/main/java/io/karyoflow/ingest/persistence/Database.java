package io.karyoflow.ingest.persistence;

import io.karyoflow.common.database.DatabaseOutage;
import io.karyoflow.common.database.StoreUnavailableException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** PostgreSQL, with outages told apart from statements that will never succeed. */
final class Database {
    private final Jdbi jdbi;

    Database(DataSource dataSource) {
        this.jdbi = Jdbi.create(dataSource);
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Float.class, "float4");
        jdbi.registerArrayType(Boolean.class, "bool");
    }

    /** A session; whoever opens it closes it. */
    Handle open() {
        return reported(jdbi::open);
    }

    <T> T withHandle(Function<Handle, T> work) {
        return reported(() -> jdbi.withHandle(work::apply));
    }

    void useHandle(Consumer<Handle> work) {
        withHandle(handle -> {
            work.accept(handle);
            return null;
        });
    }

    /** Runs in one transaction; whatever is thrown rolls it back. */
    <T> T inTransaction(Function<Handle, T> work) {
        return reported(() -> jdbi.inTransaction(work::apply));
    }

    /** The driver fails an assertion of its own if the connection breaks in the middle of a batch. */
    static int[] execute(PreparedBatch batch) {
        try {
            return batch.execute();
        } catch (AssertionError e) {
            throw new ConnectionException(e);
        }
    }

    /** @throws StoreUnavailableException if the database does not answer */
    <T> T reported(Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw new StoreUnavailableException("PostgreSQL does not answer: " + e.getMessage(), e);
            }
            throw e;
        }
    }
}
