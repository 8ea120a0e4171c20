package io.karyoflow.trainer.persistence;

import io.karyoflow.common.message.Architecture;
import io.karyoflow.common.message.Hyperparameters;
import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.trainer.TinyNuclei;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** A trial that nobody has taken yet, alone in a database of its own. */
final class QueuedTrial {
    final PGSimpleDataSource dataSource = new PGSimpleDataSource();
    final Jdbi jdbi = Jdbi.create(dataSource);
    final PostgresTrialRecorder recorder = new PostgresTrialRecorder(dataSource);

    QueuedTrial() {
        Map<String, String> database = new InfrastructureTestResource().start();
        dataSource.setUrl(database.get("quarkus.datasource.jdbc.url"));
        dataSource.setUser(database.get("quarkus.datasource.username"));
        dataSource.setPassword(database.get("quarkus.datasource.password"));
        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbi.useHandle(handle -> handle.createScript(
                        """
                        INSERT INTO dataset (id, name, state, request) VALUES ('d', 'nuclei', 'REGISTERED', '{}');
                        INSERT INTO study (id, name, state, specification, dataset_id)
                        VALUES ('s', 'study', 'RUNNING', '{}', 'd');
                        INSERT INTO trial (id, study_id, number, state, hyperparameters, epochs, seed, request)
                        VALUES ('t', 's', 1, 'QUEUED', '{}', 3, 5, '{}')""")
                .execute());
    }

    static TrialRequested request(int attempt) {
        return new TrialRequested(
                "t",
                attempt,
                "s",
                Architecture.CONVNET,
                Hyperparameters.DEFAULTS,
                3,
                5,
                TinyNuclei.registration("d", 90, List.of()),
                0);
    }
}
