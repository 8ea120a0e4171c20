package io.karyoflow.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.study.ModelInUseException;
import io.karyoflow.tuner.study.UnknownIdException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which models are needed, while nobody announces what was promoted. */
class UnneededModelIT {
    private static final String TWO_MODELS =
            """
            TRUNCATE promotion, model, trial, study, dataset CASCADE;
            INSERT INTO dataset (id, name, state, request) VALUES ('d', 'nuclei', 'REGISTERED', '{}');
            INSERT INTO study (id, name, state, specification, dataset_id) VALUES ('s', 'study', 'COMPLETED', '{}', 'd');
            INSERT INTO model (id, study_id, trial_id, architecture, sha256, size_bytes, description, bundle)
            VALUES ('a', 's', 's-001', 'convnet', '', 1, '{}', 'a'), ('b', 's', 's-002', 'convnet', '', 1, '{}', 'b')""";

    private static Jdbi jdbi;

    @BeforeAll
    static void migrate() {
        Map<String, String> database = new InfrastructureTestResource().start();
        String url = database.get("quarkus.datasource.jdbc.url");
        String user = database.get("quarkus.datasource.username");
        String password = database.get("quarkus.datasource.password");
        Flyway.configure().dataSource(url, user, password).load().migrate();
        jdbi = Jdbi.create(url, user, password);
    }

    @BeforeEach
    void storeTwoModels() {
        jdbi.useHandle(handle -> handle.createScript(TWO_MODELS).execute());
    }

    @Test
    void oneThatWasNeverInServiceIsDeletedOnce() {
        delete("a");
        assertThatThrownBy(() -> delete("a"))
                .isInstanceOf(UnknownIdException.class)
                .hasMessageContaining("no model 'a'");
        delete("b");
    }

    @Test
    void oneWhoseStudyGoesOnIsNeeded() {
        for (String state : new String[] {"RUNNING", "STOPPING"}) {
            jdbi.useHandle(handle -> handle.execute("UPDATE study SET state = ?", state));
            assertThatThrownBy(() -> delete("a"))
                    .isInstanceOf(ModelInUseException.class)
                    .hasMessageContaining("study s, which model a is of, has not ended");
        }
    }

    @Test
    void theOneInServiceIsNeededUntilItsSuccessorIsAnnounced() {
        promote("a", "default");
        announceAll();
        assertNeeded("a", "model a is in service");

        promote("b", "default");
        assertNeeded("a", "has not been announced yet");
        assertNeeded("b", "model b is in service");

        announceAll();
        delete("a");
        assertNeeded("b", "model b is in service");
    }

    @Test
    void oneInServiceInAnyRoleIsNeeded() {
        promote("a", "rehearsal");
        promote("a", "default");
        promote("b", "default");
        announceAll();
        assertNeeded("a", "model a is in service");
    }

    @Test
    void oneThatIsBackInServiceIsNeeded() {
        promote("a", "default");
        promote("b", "default");
        promote("a", "default");
        announceAll();
        assertNeeded("a", "model a is in service");
        delete("b");
    }

    private static void promote(String model, String role) {
        jdbi.useTransaction(handle -> HeldRole.hold(handle, role).promoteByHand(model));
    }

    private static void announceAll() {
        jdbi.useHandle(handle -> handle.execute("UPDATE promotion SET sent_at = now()"));
    }

    private static void delete(String model) {
        jdbi.useTransaction(handle -> UnneededModel.hold(handle, model).delete());
        assertThat(jdbi.<Boolean, RuntimeException>withHandle(
                        handle -> handle.select("SELECT bundle IS NULL FROM model WHERE id = ?", model)
                                .mapTo(Boolean.class)
                                .one()))
                .isTrue();
    }

    private static void assertNeeded(String model, String reason) {
        assertThatThrownBy(() -> delete(model))
                .isInstanceOf(ModelInUseException.class)
                .hasMessageContaining(reason);
    }
}
