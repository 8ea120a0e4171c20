package io.karyoflow.launcher.system;

import io.karyoflow.embedded.EmbeddedKafka;
import io.karyoflow.embedded.EmbeddedPostgresql;
import io.karyoflow.embedded.Folders;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Starts Kafka and PostgreSQL side by side, then the services side by side, and waits until all are ready. */
public final class StartSystem {
    private final SystemSettings settings;
    private final Progress progress;

    public StartSystem(SystemSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * The caller closes what it gets. Nothing stays running if this fails.
     *
     * @throws JobFailure if a service is not built, ends at once or does not get ready
     */
    public RunningSystem start() {
        requireBuiltServices();
        progress.step("Starting Kafka and PostgreSQL");
        RunningSystem system = startInfrastructure();
        try {
            progress.step("Starting the services");
            for (Service service : Service.values()) {
                system.start(service);
            }
            system.awaitReady(progress);
            return system;
        } catch (RuntimeException | Error e) {
            system.close();
            throw e;
        }
    }

    private void requireBuiltServices() {
        for (Service service : Service.values()) {
            Path jar = RunningSystem.jarOf(settings.home(), service);
            if (!Files.isRegularFile(jar)) {
                throw new JobFailure(jar + " is missing; build it with: mvn package -DskipTests");
            }
        }
    }

    private RunningSystem startInfrastructure() {
        Path work;
        try {
            work = Folders.temporary("karyoflow-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder: " + e.getMessage(), e);
        }
        CompletableFuture<EmbeddedPostgresql> postgresql = CompletableFuture.supplyAsync(() -> EmbeddedPostgresql.start(
                work.resolve("postgresql"), settings.logs().resolve("postgresql.log")));
        EmbeddedKafka kafka = null;
        try {
            kafka = EmbeddedKafka.start(work.resolve("kafka"), settings.logs().resolve("kafka.log"));
            EmbeddedPostgresql started = postgresql.join();
            progress.done("Kafka at " + kafka.bootstrapServers() + ", PostgreSQL at " + started.jdbcUrl());
            return new RunningSystem(settings, work, kafka, started);
        } catch (RuntimeException e) {
            if (kafka != null) {
                kafka.close();
            }
            postgresql.thenAccept(EmbeddedPostgresql::close);
            Throwable cause = e instanceof CompletionException ? e.getCause() : e;
            throw new JobFailure(cause.getMessage(), cause);
        }
    }
}
