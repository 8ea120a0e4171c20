package io.karyoflow.tuner;

import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.embedded.InfrastructureTestResource;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** Reports that an earlier version stored, one a completed trial, are reports of the last epoch after the migration. */
class ReportMigrationIT {
    private static final String TRIAL =
            """
            INSERT INTO dataset (id, name, state, request) VALUES ('d', 'nuclei', 'REGISTERED', '{}');
            INSERT INTO study (id, name, state, specification, dataset_id) VALUES ('s', 'study', 'RUNNING', '{}', 'd');
            INSERT INTO trial (id, study_id, number, state, attempt, hyperparameters, epochs, seed, request)
            VALUES ('t', 's', 1, 'COMPLETED', 2, '{}', 7, 5, '{}')""";

    private static final String REPORT =
            """
            INSERT INTO trial_report (trial_id, classes, confusion_matrix, per_class, temperature,
                                      expected_calibration_error_before, expected_calibration_error_after)
            VALUES ('t', '["muscle"]', '[[4]]',
                    '[{"className": "muscle", "precision": 1.0, "recall": 0.5, "f1": 0.667, "support": 4}]',
                    1.5, 0.1, 0.05)""";

    @Test
    void reportsOfEarlierVersionsAreKept() {
        // Given
        Map<String, String> database = new InfrastructureTestResource().start();
        migrate(database, "3");
        Jdbi jdbi = Jdbi.create(
                database.get("quarkus.datasource.jdbc.url"),
                database.get("quarkus.datasource.username"),
                database.get("quarkus.datasource.password"));
        jdbi.useHandle(handle -> handle.createScript(TRIAL).execute());
        jdbi.useHandle(handle -> handle.execute(REPORT));

        // When
        migrate(database, "latest");

        // Then
        assertThat(rows(jdbi, "SELECT trial_id, epoch, attempt, temperature FROM trial_report"))
                .containsExactly(Map.of("trial_id", "t", "epoch", 7, "attempt", 2, "temperature", 1.5));
        assertThat(rows(jdbi, "SELECT class_name, recall, support, auc FROM dashboards.class_metrics"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("class_name", "muscle")
                        .containsEntry("recall", 0.5)
                        .containsEntry("support", 4)
                        .containsEntry("auc", null));
        assertThat(rows(jdbi, "SELECT true_class, predicted_class, images FROM dashboards.confusion"))
                .containsExactly(Map.of("true_class", "muscle", "predicted_class", "muscle", "images", 4));
    }

    private static void migrate(Map<String, String> database, String target) {
        Flyway.configure()
                .dataSource(
                        database.get("quarkus.datasource.jdbc.url"),
                        database.get("quarkus.datasource.username"),
                        database.get("quarkus.datasource.password"))
                .target(target)
                .load()
                .migrate();
    }

    private static List<Map<String, Object>> rows(Jdbi jdbi, String sql) {
        return jdbi.withHandle(handle -> handle.createQuery(sql).mapToMap().list());
    }
}
