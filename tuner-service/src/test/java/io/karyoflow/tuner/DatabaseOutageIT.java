package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** While PostgreSQL is away, what trainers say waits; nothing is lost and nothing goes to the dead letters. */
@QuarkusTest
@QuarkusTestResource(InfrastructureTestResource.class)
@TestProfile(FastWatch.class)
class DatabaseOutageIT extends StudyScenario {
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void eventsWaitForTheDatabase() throws Exception {
        String study = createStudy("\"trials\":1,\"epochs\":1");
        TrialRequested one = taken(study, 1, 1);
        trainer.epoch(one, 1, quality(0.7), quality(0.7));
        try (Connection maintenance = maintenance()) {
            setAvailable(maintenance, false);
            trainer.fail(one, "said during the outage");
            Thread.sleep(3_000); // long enough for several vain attempts
            setAvailable(maintenance, true);
        }
        eventually(() -> assertThat(trial(one).getString("failure")).isEqualTo("said during the outage"));
        assertThat(deadLetters.ofKey(one.trialId())).isEmpty();
    }

    private Connection maintenance() throws SQLException {
        return DriverManager.getConnection(url.replaceFirst("/[^/?]+(\\?|$)", "/postgres$1"), user, password);
    }

    private void setAvailable(Connection maintenance, boolean available) throws SQLException {
        String database = url.replaceFirst(".*/([^/?]+).*", "$1");
        try (Statement statement = maintenance.createStatement()) {
            statement.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + available);
            if (!available) {
                statement.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            }
        }
    }
}
