package io.karyoflow.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL that listens on the loopback address only. It does not wait for the disk: a crash of the machine
 * would lose its data, which end with it anyway.
 */
public final class EmbeddedPostgresql implements AutoCloseable {
    public static final String USER = "karyoflow";
    public static final String PASSWORD = "karyoflow";
    public static final String DATABASE = "karyoflow";

    private static final String MAINTENANCE = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final String HOST = "127.0.0.1";

    private final GuardedCommand command;
    private final int port;
    private volatile GuardedProcess process;

    private EmbeddedPostgresql(GuardedCommand command, int port) {
        this.command = command;
        this.port = port;
    }

    /**
     * Starts PostgreSQL with one empty database {@link #DATABASE} and returns when it answers.
     *
     * @param folder what it stores; deleted, with its parent if that is then empty, once PostgreSQL has ended
     * @throws IllegalStateException if it cannot be set up or does not answer in time; with the last lines of its log
     */
    public static EmbeddedPostgresql start(Path folder, Path logFile) {
        return start(folder, logFile, UnprivilegedUser.find());
    }

    static EmbeddedPostgresql start(Path folder, Path logFile, UnprivilegedUser user) {
        int port = FreePort.any();
        return new EmbeddedPostgresql(command(folder, port, logFile, user).inItsOwn(folder), port).startEmpty();
    }

    /** The same for one that is to crash: what it stores stays, and is its starter's to delete. */
    public static EmbeddedPostgresql startToCrash(Path folder, Path logFile) {
        int port = FreePort.any();
        return new EmbeddedPostgresql(command(folder, port, logFile, UnprivilegedUser.find()), port).startEmpty();
    }

    private static GuardedCommand command(Path folder, int port, Path logFile, UnprivilegedUser user) {
        Path data = folder.resolve("data").toAbsolutePath();
        Path programs;
        try {
            programs = PostgresqlBinaries.unpacked().resolve("bin");
            initialise(programs, data, logFile, user);
        } catch (IOException e) {
            throw new UncheckedIOException("could not set up PostgreSQL below " + folder + ": " + e.getMessage(), e);
        }
        return GuardedCommand.of("PostgreSQL", logFile, user.running(server(programs, data, port)))
                .stoppedBy("INT", STOP_LIMIT); // to PostgreSQL that is: do not wait for clients
    }

    private EmbeddedPostgresql startEmpty() {
        start();
        try {
            createDatabase(jdbcUrl(MAINTENANCE), DATABASE);
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start() {
        process = GuardedProcess.start(command);
        try {
            awaitAnswer();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Kills it with signal 9, starts it again with what it has stored, and returns when it answers. */
    public void crash() {
        List<ProcessHandle> sessions = process.child().descendants().toList();
        process.child().destroyForcibly();
        sessions.forEach(ProcessHandle::destroyForcibly);
        sessions.forEach(session -> session.onExit().join()); // it does not start beside those of its former life
        process.ended().join();
        start();
    }

    private static void initialise(Path programs, Path data, Path logFile, UnprivilegedUser user) throws IOException {
        Files.createDirectories(logFile.toAbsolutePath().getParent());
        Files.createDirectories(data.getParent());
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path password = Files.writeString(data.resolveSibling("password"), PASSWORD);
        user.own(data, password);
        List<String> initdb = List.of(
                programs.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        try (GuardedProcess process =
                GuardedProcess.start(GuardedCommand.of("initdb", logFile, user.running(initdb)))) {
            int status = process.ended().join();
            if (status != 0) {
                throw new IOException("initdb ended with status " + status + "; see " + logFile);
            }
        }
    }

    private static List<String> server(Path programs, Path data, int port) {
        return List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                Integer.toString(port),
                "-c",
                "listen_addresses=" + HOST,
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_connections=200", // five services, each with a pool
                "-c",
                "shared_buffers=32MB",
                "-c",
                "fsync=off",
                "-c",
                "timezone=UTC");
    }

    private void awaitAnswer() {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (!answers()) {
            if (!process.isAlive()) {
                throw failure("PostgreSQL ended while starting");
            }
            if (Instant.now().isAfter(limit)) {
                throw failure("PostgreSQL did not answer within " + START_LIMIT.toSeconds() + " s");
            }
        }
    }

    private boolean answers() {
        if (!Listening.at(HOST, port)) {
            return false;
        }
        try (Connection connection = dataSource(jdbcUrl(MAINTENANCE)).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false; // "the database system is starting up"
        }
    }

    /**
     * Creates an empty database beside another one.
     *
     * @param jdbcUrl of any database of an embedded PostgreSQL
     * @return the new one's JDBC URL
     */
    static String createDatabase(String jdbcUrl, String name) {
        try (Connection connection = dataSource(jdbcUrl).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
            return jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + name;
        } catch (SQLException e) {
            throw new IllegalStateException("could not create the database " + name + ": " + e.getMessage(), e);
        }
    }

    private IllegalStateException failure(String what) {
        return new IllegalStateException(what + "; the end of " + process.logFile() + ":\n" + process.logTail());
    }

    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    private String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
    }

    public DataSource dataSource() {
        return dataSource(jdbcUrl());
    }

    private static DataSource dataSource(String jdbcUrl) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl);
        dataSource.setUser(USER);
        dataSource.setPassword(PASSWORD);
        return dataSource;
    }

    public GuardedProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.close();
    }
}
