package io.karyoflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The one broker and PostgreSQL of a test JVM. Quarkus loads test classes in several class loaders, so where they are is
 * kept in system properties, which all of them see; the shutdown hook keeps the processes referenced until the end.
 */
record SharedInfrastructure(String bootstrapServers, String jdbcUrl) {
    private static final String KAFKA = "karyoflow.embedded.bootstrap-servers";
    private static final String POSTGRESQL = "karyoflow.embedded.jdbc-url";

    static SharedInfrastructure ofThisJvm() {
        synchronized (Runtime.getRuntime()) { // class loaders share it, unlike this class
            if (System.getProperty(KAFKA) == null) {
                start();
            }
            return new SharedInfrastructure(System.getProperty(KAFKA), System.getProperty(POSTGRESQL));
        }
    }

    /** @return the JDBC URL of a new empty database */
    String createDatabase(String name) {
        return EmbeddedPostgresql.createDatabase(jdbcUrl, name);
    }

    private static void start() {
        Path folder;
        try {
            folder = Folders.temporary("karyoflow-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path logs = Path.of("target", "embedded-logs").toAbsolutePath();
        // Kafka on this thread: its client looks for classes in the thread's class loader
        CompletableFuture<EmbeddedPostgresql> starting = CompletableFuture.supplyAsync(
                () -> EmbeddedPostgresql.start(folder.resolve("postgresql"), logs.resolve("postgresql.log")));
        EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"), logs.resolve("kafka.log"));
        EmbeddedPostgresql postgresql = starting.join();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            kafka.process().requestStop();
            postgresql.close();
            kafka.close();
        }));
        System.setProperty(KAFKA, kafka.bootstrapServers());
        System.setProperty(POSTGRESQL, postgresql.jdbcUrl());
    }
}
