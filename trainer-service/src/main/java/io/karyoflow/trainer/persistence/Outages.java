package io.karyoflow.trainer.persistence;

import io.karyoflow.common.database.DatabaseOutage;
import io.karyoflow.trainer.trial.OutageException;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;

/** Names a database that does not answer just now in the words of the domain. */
final class Outages {
    private Outages() {}

    /** @throws OutageException if the database does not answer just now */
    static <T> T reported(String what, Supplier<T> work) {
        try {
            return work.get();
        } catch (JdbiException e) {
            if (DatabaseOutage.isCauseOf(e)) {
                throw new OutageException(what, e);
            }
            throw e;
        }
    }
}
