package io.karyoflow.ingest.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.embedded.InfrastructureTestResource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the labels of one model among those of others. */
class LabelsOfAModelIT {
    /** Ids are in no order, as those of models are: where they rise with the table, the index looks better than it is. */
    private static final String LABELS =
            """
            INSERT INTO prediction (request_id, image_id, label, class_name, class_names, probabilities, model_id,
                                    requested_at, predicted_at)
            SELECT 'among others ' || i, 'hash', 0, 'muscle', ARRAY['muscle'], ARRAY[CAST(1 AS real)],
                   CASE WHEN i < 3 THEN 'made few' ELSE left(md5(CAST(i / 40000 AS text)), 16) END,
                   now(), now() + make_interval(secs => i)
            FROM generate_series(1, 200000) i""";

    @Test
    void ofAModelThatMadeFewTheWholeTableIsNotRead() {
        List<String> plan = migrated().withHandle(handle -> {
            handle.begin();
            handle.execute(LABELS);
            handle.execute("ANALYZE prediction");
            List<String> lines = plan(handle);
            handle.rollback();
            return lines;
        });
        assertThat(plan).anyMatch(line -> line.contains("Bitmap Index Scan on prediction_model"));
    }

    private static List<String> plan(Handle handle) {
        return handle.createQuery(
                        """
                        EXPLAIN SELECT * FROM prediction WHERE model_id = 'made few'
                        ORDER BY predicted_at, request_id""")
                .mapTo(String.class)
                .list();
    }

    private static Jdbi migrated() {
        Map<String, String> database = new InfrastructureTestResource().start();
        Flyway flyway = Flyway.configure()
                .dataSource(
                        database.get("quarkus.datasource.jdbc.url"),
                        database.get("quarkus.datasource.username"),
                        database.get("quarkus.datasource.password"))
                .load();
        flyway.migrate();
        return Jdbi.create(flyway.getConfiguration().getDataSource());
    }
}
