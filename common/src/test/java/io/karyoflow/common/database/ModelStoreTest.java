package io.karyoflow.common.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class ModelStoreTest {
    /** Who waits for a store that does not answer would do so for ever: it refuses such an id each time. */
    @Test
    void aModelWhoseIdNoDatabaseCanHoldIsNotThere() {
        DataSource refusing = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("asked in vain");
                });

        assertThat(new ModelStore(refusing).find("a\0b")).isEmpty();
    }
}
