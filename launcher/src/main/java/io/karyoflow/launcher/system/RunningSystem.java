package io.karyoflow.launcher.system;

import io.karyoflow.embedded.EmbeddedPostgresql;
import io.karyoflow.embedded.Folders;
import io.karyoflow.embedded.FreePort;
import io.karyoflow.embedded.GuardedCommand;
import io.karyoflow.embedded.GuardedProcess;
import io.karyoflow.launcher.progress.JobFailure;
import io.karyoflow.launcher.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Kafka, PostgreSQL and the services' processes; closing it, while it starts or later, stops all and deletes what they
 * stored. More instances of a service can be started, and any can be killed.
 */
public final class RunningSystem implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final SystemSettings settings;
    private final List<ServiceProcess> services = new CopyOnWriteArrayList<>();
    private final Map<Service, Integer> started = new HashMap<>();
    private volatile Infrastructure infrastructure;
    private volatile boolean closed;

    /** Nothing runs yet: that is for {@link StartSystem}. */
    public RunningSystem(SystemSettings settings) {
        this.settings = settings;
    }

    SystemSettings settings() {
        return settings;
    }

    /** Begins to start Kafka and PostgreSQL. */
    synchronized Infrastructure startInfrastructure() {
        requireOpen();
        try {
            Path work = Folders.temporary("karyoflow-");
            infrastructure = settings.infrastructureCrashes()
                    ? Infrastructure.startToCrash(work, settings.logs())
                    : Infrastructure.start(work, settings.logs());
            return infrastructure;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder: " + e.getMessage(), e);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("stopping");
        }
    }

    /** Starts one more instance, without waiting for it. */
    public synchronized ServiceProcess start(Service service) {
        requireOpen();
        int instance = started.merge(service, 1, Integer::sum);
        String name = instance == 1 ? service.module() : service.module() + "-" + instance;
        int port = FreePort.preferably(service.preferredPort());
        Path folder = createFolders(infrastructure.work().resolve(name).resolve("tmp"))
                .getParent();
        GuardedCommand command = GuardedCommand.of(
                        name, settings.logs().resolve(name + ".log"), javaCommand(service, folder, port))
                .with(Map.of(
                        "KAFKA_BOOTSTRAP_SERVERS",
                        bootstrapServers(),
                        "KARYOFLOW_DATABASE_URL",
                        infrastructure.postgresql().jdbcUrl(),
                        "KARYOFLOW_DATABASE_USER",
                        EmbeddedPostgresql.USER,
                        "KARYOFLOW_DATABASE_PASSWORD",
                        EmbeddedPostgresql.PASSWORD,
                        "KARYOFLOW_HTTP_PORT",
                        Integer.toString(port),
                        "MALLOC_ARENA_MAX",
                        "2")) // the native library's threads would each keep an arena
                .stoppedBy("TERM", STOP_LIMIT)
                .inItsOwn(folder);
        ServiceProcess process = new ServiceProcess(
                service, name, URI.create("http://localhost:" + port), GuardedProcess.start(command));
        services.add(process);
        return process;
    }

    private List<String> javaCommand(Service service, Path folder, int port) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(service.memory());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-Dquarkus.http.host=127.0.0.1");
        if (service == Service.INGEST) {
            command.add("-Dkaryoflow.import.root=" + importRoot());
            command.add("-Dkaryoflow.import.follow-links=true"); // who names a folder here may read what it links to
            command.add("-Dkaryoflow.scanner.folder=" + createFolders(scannerFolder()));
        }
        settings.propertiesOf(service).forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-jar");
        command.add(jarOf(settings.home(), service).toString());
        return command;
    }

    static Path jarOf(Path home, Service service) {
        return home.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** Waits for every instance; shows which are still starting. */
    public void awaitReady(Progress progress) {
        Instant limit = Instant.now().plus(READY_LIMIT);
        List<ServiceProcess> waiting = new ArrayList<>(services);
        while (!waiting.isEmpty()) {
            requireAlive();
            waiting.removeIf(ServiceProcess::isReady);
            String names = waiting.stream().map(ServiceProcess::name).collect(Collectors.joining(", "));
            progress.update(services.size() - waiting.size() + " of " + services.size() + " ready"
                    + (names.isEmpty() ? "" : ", waiting for " + names));
            if (!waiting.isEmpty() && Instant.now().isAfter(limit)) {
                throw new JobFailure("not ready after " + READY_LIMIT.toMinutes() + " minutes: " + names
                        + "; see the logs in " + settings.logs());
            }
            pause();
        }
        progress.done(services.stream()
                .map(service -> service.name() + " " + service.uri())
                .collect(Collectors.joining(", ")));
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobFailure("interrupted", e);
        }
    }

    /** The same as {@link #requireAlive(Set)} of all services. */
    public void requireAlive() {
        requireAlive(EnumSet.allOf(Service.class));
    }

    /**
     * Kafka and PostgreSQL must live, and every instance of these services.
     *
     * @throws JobFailure if one has ended that nobody asked to end; with the last lines of its log
     * @throws CancellationException if everything is being stopped
     */
    public void requireAlive(Set<Service> needed) {
        for (GuardedProcess process : ended(needed)) {
            requireOpen();
            throw new JobFailure(process.name() + " has ended with status "
                    + process.ended().join() + "; the end of " + process.logFile() + ":\n" + process.logTail());
        }
    }

    /** The processes that have ended though nobody asked them to. */
    public List<GuardedProcess> ended() {
        List<GuardedProcess> ended = ended(EnumSet.allOf(Service.class));
        return closed ? List.of() : ended;
    }

    private List<GuardedProcess> ended(Set<Service> needed) {
        List<GuardedProcess> processes = new ArrayList<>();
        services.stream()
                .filter(service -> needed.contains(service.service()))
                .forEach(service -> processes.add(service.process()));
        processes.add(infrastructure.kafka().process());
        processes.add(infrastructure.postgresql().process());
        processes.removeIf(GuardedProcess::isAlive);
        return processes;
    }

    /** Kills an instance as a crash would, with signal 9, and waits for its end. */
    public void kill(ServiceProcess service) {
        services.remove(service);
        service.process().child().destroyForcibly();
        service.process().ended().join();
    }

    /** Kills the broker with signal 9 and starts it again with what it has stored; so the settings must have wanted it. */
    public void crashKafka() {
        infrastructure.kafka().crash();
    }

    /** The same of PostgreSQL. */
    public void crashPostgresql() {
        infrastructure.postgresql().crash();
    }

    /** The first instance. */
    public ServiceProcess service(Service service) {
        return services.stream()
                .filter(process -> process.service() == service)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + service.module() + " runs"));
    }

    public String bootstrapServers() {
        return infrastructure.kafka().bootstrapServers();
    }

    public DataSource dataSource() {
        return infrastructure.postgresql().dataSource();
    }

    /** Where ingest watches for images. */
    public Path scannerFolder() {
        return ingestFolder().resolve("scanner");
    }

    /** Below it ingest imports data sets, and generates samples. */
    public Path importRoot() {
        return settings.importRoot()
                .orElseGet(() -> createFolders(ingestFolder().resolve("import")));
    }

    /** On the same file system as the scanner's folder, so that files can be moved there at once. */
    public Path stagingFolder() {
        return createFolders(ingestFolder().resolve("staging"));
    }

    public Path logs() {
        return settings.logs();
    }

    private Path ingestFolder() {
        return infrastructure.work().resolve(Service.INGEST.module());
    }

    private static Path createFolders(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isClosed() {
        return closed;
    }

    /** Stops the services side by side, then what they depend on. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        services.forEach(service -> service.process().requestStop());
        services.forEach(service -> service.process().close());
        if (infrastructure != null) {
            infrastructure.close();
        }
    }
}
