package io.karyoflow.trainer.messaging;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.karyoflow.trainer.TinyNuclei;
import io.karyoflow.trainer.trial.OutageException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class KafkaImageSourceTest {

    /** As that of a container that is stopped: names under .invalid never have an address (RFC 6761). */
    @Test
    void aBrokerWhoseNameHasNoAddressJustNowIsAnOutage() {
        KafkaConnection connection =
                new KafkaConnection(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "kafka.invalid:9092"));

        assertThatThrownBy(() -> new KafkaImageSource(connection)
                        .read(TinyNuclei.registration("d", 3, List.of()), image -> {}, () -> {}))
                .isInstanceOf(OutageException.class);
    }
}
