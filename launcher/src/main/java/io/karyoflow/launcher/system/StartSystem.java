package io.karyoflow.launcher.system;

import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** Starts Kafka and PostgreSQL side by side, then the services side by side, and waits until all are ready. */
public final class StartSystem {
    private final RunningSystem system;
    private final Progress progress;

    /** @param system what to start, closed by the caller; it may be closed while it starts */
    public StartSystem(RunningSystem system, Progress progress) {
        this.system = system;
        this.progress = progress;
    }

    /**
     * Nothing stays running if this fails.
     *
     * @throws JobFailure if a service is not built, ends at once or does not get ready
     * @throws CancellationException if the system has been closed meanwhile
     */
    public void start() {
        try {
            requireBuiltServices();
            progress.step("Starting Kafka and PostgreSQL");
            Infrastructure infrastructure = system.startInfrastructure();
            progress.done("Kafka at " + infrastructure.kafka().bootstrapServers() + ", PostgreSQL at "
                    + infrastructure.postgresql().jdbcUrl());
            progress.step("Starting the services");
            for (Service service : Service.values()) {
                system.start(service);
            }
            system.awaitReady(progress);
        } catch (RuntimeException | Error e) {
            system.close();
            throw e;
        }
    }

    private void requireBuiltServices() {
        for (Service service : Service.values()) {
            Path jar = RunningSystem.jarOf(system.settings().home(), service);
            if (!Files.isRegularFile(jar)) {
                throw new JobFailure(jar + " is missing; build it with: mvn package -DskipTests");
            }
        }
    }
}
