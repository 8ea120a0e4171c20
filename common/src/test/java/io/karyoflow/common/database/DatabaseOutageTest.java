package io.karyoflow.common.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOutageTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"08006", "25006", "40P01", "53300", "57P01", "58030"})
    void whatPassesIsAnOutage(String state) {
        assertThat(DatabaseOutage.isCauseOf(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23505", "25001", "42P01", "55000"})
    void aStatementThatIsRefusedIsNot(String state) {
        assertThat(DatabaseOutage.isCauseOf(failure(state))).isFalse();
    }

    /** 55000 is also what PostgreSQL says while a database accepts no connections. */
    @ParameterizedTest
    @ValueSource(strings = {"55000", "28P01", "3D000"})
    void aConnectionThatIsRefusedIsAlwaysOne(String state) {
        ConnectionFactory refusing = () -> {
            throw new SQLException("refused", state);
        };
        Throwable error = catchThrowable(() -> Jdbi.create(refusing).useHandle(handle -> handle.execute("SELECT 1")));
        assertThat(DatabaseOutage.isCauseOf(error)).isTrue();
    }

    @Test
    void whatHasNothingToDoWithTheDatabaseIsNot() {
        assertThat(DatabaseOutage.isCauseOf(new IllegalStateException(new NullPointerException())))
                .isFalse();
    }

    private static Throwable failure(String state) {
        return new IllegalStateException(new SQLException("for a test", state));
    }
}
