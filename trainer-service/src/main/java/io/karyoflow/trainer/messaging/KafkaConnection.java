package io.karyoflow.trainer.messaging;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** How to reach and log in to Kafka: what is common to all clients, so that each adds its own settings. */
@Singleton
public class KafkaConnection {
    private final Map<String, Object> settings = new HashMap<>();

    KafkaConnection(@Identifier("default-kafka-broker") Map<String, Object> configured) {
        AdminClientConfig.configNames().stream()
                .filter(configured::containsKey)
                .forEach(name -> settings.put(name, configured.get(name)));
    }

    /** A copy that may be added to. */
    Map<String, Object> settings() {
        return new HashMap<>(settings);
    }
}
