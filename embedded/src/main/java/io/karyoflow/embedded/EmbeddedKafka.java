package io.karyoflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A real Kafka broker (KRaft, one node, broker and controller) in a JVM of its own. It listens on the loopback address
 * only.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final String HOST = "127.0.0.1";

    private final GuardedCommand command;
    private final int port;
    private volatile GuardedProcess process;

    private EmbeddedKafka(GuardedCommand command, int port) {
        this.command = command;
        this.port = port;
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @param folder what it stores; deleted, with its parent if that is then empty, once the broker has ended
     * @throws IllegalStateException if it ends or does not answer in time; with the last lines of its log
     */
    public static EmbeddedKafka start(Path folder, Path logFile) {
        int port = FreePort.any();
        return new EmbeddedKafka(command(folder, port, logFile).inItsOwn(folder), port).start();
    }

    /** The same for one that is to crash: what it stores stays, and is its starter's to delete. */
    public static EmbeddedKafka startToCrash(Path folder, Path logFile) {
        int port = FreePort.any();
        return new EmbeddedKafka(command(folder, port, logFile), port).start();
    }

    private static GuardedCommand command(Path folder, int port, Path logFile) {
        Path configuration = writeConfiguration(folder, port, FreePort.any());
        return GuardedCommand.of("Kafka", logFile, java(configuration)).stoppedBy("TERM", STOP_LIMIT);
    }

    private EmbeddedKafka start() {
        process = GuardedProcess.start(command);
        try {
            awaitAnswer();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Kills it with signal 9, starts it again with what it has stored, and returns when it answers. */
    public void crash() {
        process.child().destroyForcibly();
        process.ended().join();
        start();
    }

    private static List<String> java(Path configuration) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // it starts faster, and one desk's traffic needs no more
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                ThisClassPath.with("kafka.Kafka"),
                KafkaBroker.class.getName(),
                configuration.toString());
    }

    private static Path writeConfiguration(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@" + HOST + ":" + controllerPort,
                "controller.listener.names", "CONTROLLER",
                "listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort,
                "advertised.listeners", "PLAINTEXT://" + HOST + ":" + port,
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs", folder.resolve("log").toAbsolutePath().toString(),
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0"));
        // one node: nothing can be replicated, and few partitions start faster
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            settings.put(topic + ".replication.factor", "1");
            settings.put(topic + ".num.partitions", "4");
        }
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        // a trial whose worker dies again and again is the tuner's to give up, so the broker's limit is its highest
        settings.put("group.share.delivery.count.limit", "10");
        settings.put("group.share.record.lock.duration.ms", "30000");
        // a group of a test may hold its requests for seconds; without this for 15 at least
        settings.put("group.share.min.record.lock.duration.ms", "1000");
        // the default asks for 128 MB of heap
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        try {
            Path file = Files.createDirectories(folder).toAbsolutePath().resolve("server.properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                settings.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Kafka's configuration below " + folder, e);
        }
    }

    private void awaitAnswer() {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (true) {
            if (!process.isAlive()) {
                throw failure("Kafka ended while starting");
            }
            if (Instant.now().isAfter(limit)) {
                throw failure("Kafka did not answer within " + START_LIMIT.toSeconds() + " s");
            }
            if (answers()) {
                return;
            }
        }
    }

    private boolean answers() {
        if (!Listening.at(HOST, port)) {
            return false; // a client would fill the log with failed connections
        }
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted while Kafka was starting");
        }
    }

    private IllegalStateException failure(String what) {
        return new IllegalStateException(what + "; the end of " + process.logFile() + ":\n" + process.logTail());
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public GuardedProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
