package io.karyoflow.tuner;

import static io.karyoflow.tuner.study.TestStudy.quality;
import static org.assertj.core.api.Assertions.assertThat;

import io.karyoflow.common.message.TrialRequested;
import io.karyoflow.embedded.DatabaseDoor;
import io.karyoflow.embedded.InfrastructureTestResource;
import io.karyoflow.tuner.testing.FastWatch;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
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
        try (VainAttempts attempts = new VainAttempts();
                DatabaseDoor door = new DatabaseDoor(url, user, password)) {
            door.shut();
            trainer.fail(one, "said during the outage");
            // broken connections of the pool are tried first, then none is to be had
            eventually(() -> assertThat(attempts.count()).isGreaterThan(3));
        }
        eventually(() -> assertThat(trial(one).getString("failure")).isEqualTo("said during the outage"));
        assertThat(deadLetters.ofKey(one.trialId())).isEmpty();
    }

    /** As the log has them: nothing else shows them while they last. */
    private static final class VainAttempts extends Handler implements AutoCloseable {
        private final Logger log = Logger.getLogger("io.karyoflow.tuner.messaging.Backoff");
        private final AtomicInteger count = new AtomicInteger();

        VainAttempts() {
            log.addHandler(this);
        }

        int count() {
            return count.get();
        }

        @Override
        public void publish(LogRecord record) {
            count.incrementAndGet();
        }

        @Override
        public void flush() {
            // nothing is kept
        }

        @Override
        public void close() {
            log.removeHandler(this);
        }
    }
}
