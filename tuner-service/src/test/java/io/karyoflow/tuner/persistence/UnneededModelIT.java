package io.karyoflow.tuner.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.tuner.study.ModelInUseException;
import io.karyoflow.tuner.study.UnknownIdException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which models are needed, while nobody announces what was promoted. */
class UnneededModelIT {
    private static TwoModels models;

    @BeforeAll
    static void migrate() {
        models = TwoModels.migrated();
    }

    @BeforeEach
    void storeTwoModels() {
        models.store();
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
            models.jdbi.useHandle(handle -> handle.execute("UPDATE study SET state = ?", state));
            assertThatThrownBy(() -> delete("a"))
                    .isInstanceOf(ModelInUseException.class)
                    .hasMessageContaining("study s, which model a is of, has not ended");
        }
    }

    @Test
    void theOneInServiceIsNeededUntilItsSuccessorIsAnnounced() {
        models.promote("a", "default");
        models.announceAll();
        assertNeeded("a", "model a is in service");

        models.promote("b", "default");
        assertNeeded("a", "has not been announced yet");
        assertNeeded("b", "model b is in service");

        models.announceAll();
        delete("a");
        assertNeeded("b", "model b is in service");
    }

    @Test
    void oneInServiceInAnyRoleIsNeeded() {
        models.promote("a", "rehearsal");
        models.promote("a", "default");
        models.promote("b", "default");
        models.announceAll();
        assertNeeded("a", "model a is in service");
    }

    @Test
    void oneThatIsBackInServiceIsNeeded() {
        models.promote("a", "default");
        models.promote("b", "default");
        models.promote("a", "default");
        models.announceAll();
        assertNeeded("a", "model a is in service");
        delete("b");
    }

    private static void delete(String model) {
        models.jdbi.useTransaction(handle -> UnneededModel.hold(handle, model).delete());
        assertThat(models.jdbi.<Boolean, RuntimeException>withHandle(
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
