package io.karyoflow.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.UUID;

/**
 * A Kafka broker and a PostgreSQL for {@code @QuarkusTest}s: both are started once for each test JVM and end with it;
 * each start of the application gets an empty database.
 */
public class InfrastructureTestResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedInfrastructure shared = SharedInfrastructure.ofThisJvm();
        String database = "test_" + UUID.randomUUID().toString().replace("-", "");
        return Map.of(
                "kafka.bootstrap.servers",
                shared.bootstrapServers(),
                "quarkus.datasource.jdbc.url",
                shared.createDatabase(database),
                "quarkus.datasource.username",
                EmbeddedPostgresql.USER,
                "quarkus.datasource.password",
                EmbeddedPostgresql.PASSWORD);
    }

    @Override
    public void stop() {
        // the next test class uses them too; the JVM's end stops them
    }
}
