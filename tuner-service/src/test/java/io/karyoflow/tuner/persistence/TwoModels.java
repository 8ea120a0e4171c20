package io.karyoflow.tuner.persistence;

import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.SaidOfPromotion;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/** A database with the models {@code a} and {@code b} of a study that has ended; no tuner runs on it. */
final class TwoModels {
    private static final String TWO_MODELS =
            """
            TRUNCATE promotion, model, trial, study, dataset CASCADE;
            INSERT INTO dataset (id, name, state, request) VALUES ('d', 'nuclei', 'REGISTERED', '{}');
            INSERT INTO study (id, name, state, specification, dataset_id) VALUES ('s', 'study', 'COMPLETED', '{}', 'd');
            INSERT INTO model (id, study_id, trial_id, architecture, sha256, size_bytes, description, bundle)
            VALUES ('a', 's', 's-001', 'convnet', '', 1, '{}', 'a'), ('b', 's', 's-002', 'convnet', '', 1, '{}', 'b')""";

    final DataSource dataSource;
    final Jdbi jdbi;

    private TwoModels(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbi = Jdbi.create(dataSource);
    }

    static TwoModels migrated() {
        Map<String, String> database = new InfrastructureTestResource().start();
        Flyway flyway = Flyway.configure()
                .dataSource(
                        database.get("quarkus.datasource.jdbc.url"),
                        database.get("quarkus.datasource.username"),
                        database.get("quarkus.datasource.password"))
                .load();
        flyway.migrate();
        return new TwoModels(flyway.getConfiguration().getDataSource());
    }

    /** In place of what is there. */
    void store() {
        jdbi.useHandle(handle -> handle.createScript(TWO_MODELS).execute());
    }

    void promote(String model, String role) {
        jdbi.useTransaction(handle -> HeldRole.hold(handle, role).promoteByHand(model, SaidOfPromotion.NOTHING));
    }

    void announceAll() {
        jdbi.useHandle(handle -> handle.execute("UPDATE promotion SET sent_at = now()"));
    }
}
