package io.karyoflow.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets nobody into one database while it is shut, for tests of an outage: the server is that of other tests, too. */
public final class DatabaseDoor implements AutoCloseable {
    private final String database;
    private final Connection maintenance;

    /** @param url of the database, as JDBC has it */
    public DatabaseDoor(String url, String user, String password) throws SQLException {
        database = url.replaceFirst(".*/([^/?]+).*", "$1");
        maintenance = DriverManager.getConnection(url.replaceFirst("/[^/?]+(\\?|$)", "/postgres$1"), user, password);
    }

    /** Who is connected is thrown out. */
    public void shut() throws SQLException {
        allowConnections(false);
        execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
    }

    public void open() throws SQLException {
        allowConnections(true);
    }

    private void allowConnections(boolean allowed) throws SQLException {
        execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS " + allowed);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = maintenance.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (maintenance) {
            open();
        }
    }
}
