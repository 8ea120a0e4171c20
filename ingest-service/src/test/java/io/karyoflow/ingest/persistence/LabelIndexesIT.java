package io.karyoflow.ingest.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.embedded.InfrastructureTestResource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL finds the labels of one model, of some weeks, or those that are unsure, among all others. */
class LabelIndexesIT {
    /** Ids are in no order, as those of models are: where they rise with the table, the index looks better than it is. */
    private static final String LABELS =
            """
            INSERT INTO prediction (request_id, image_id, label, class_name, class_names, probabilities, model_id,
                                    requested_at, predicted_at)
            SELECT 'among others ' || i, 'hash', 0, 'muscle', ARRAY['muscle'], ARRAY[CAST(1 AS real)],
                   CASE WHEN i < 3 THEN 'made few' ELSE left(md5(CAST(i / 40000 AS text)), 16) END,
                   now(), now() + make_interval(secs => 15 * i)
            FROM generate_series(1, 200000) i""";

    private static Jdbi jdbi;

    @BeforeAll
    static void aTableWithLabels() {
        jdbi = migrated();
        jdbi.useHandle(handle -> handle.execute(LABELS));
        jdbi.useHandle(handle -> handle.execute("ANALYZE prediction"));
    }

    @Test
    void ofAModelThatMadeFewTheWholeTableIsNotRead() {
        assertThat(plan("SELECT * FROM prediction WHERE model_id = 'made few' ORDER BY predicted_at, request_id"))
                .anyMatch(line -> line.contains("Bitmap Index Scan on prediction_model"));
    }

    @Test
    void whoAsksAViewForSomeWeeksDoesNotReadTheOthers() {
        String weeks = " WHERE week BETWEEN now() + interval '7 days' AND now() + interval '14 days'";
        for (String view : List.of("label_weeks", "stains")) {
            assertThat(plan("SELECT * FROM dashboards." + view + weeks))
                    .as(view)
                    .anyMatch(line -> line.contains("Bitmap Index Scan on prediction_week"));
        }
    }

    /** A function that it called for each of ten million labels would take longer than the rest of the query. */
    @Test
    void whoAsksHowSureModelsWereHasSeveralProcessesReadAndNoneCallAFunction() {
        String unsure = "SELECT count(*) FROM prediction WHERE is_within_margin(probabilities, label, 0.2)";
        for (String query : List.of("SELECT * FROM dashboards.label_weeks", unsure)) {
            assertThat(plan("(VERBOSE) " + query))
                    .as(query)
                    .anyMatch(line -> line.contains("Parallel Seq Scan on "))
                    .noneMatch(line -> line.contains("is_within_margin"));
        }
    }

    private static List<String> plan(String query) {
        return jdbi.withHandle(handle ->
                handle.createQuery("EXPLAIN " + query).mapTo(String.class).list());
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
