package io.karyoflow.inference.messaging;

import io.karyoflow.common.messaging.CreateTopics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;

/** The topics must be there before a client connects, and no service may rely on another to have started first. */
@Singleton
class CreateMissingTopics {
    private final Map<String, Object> connection;

    CreateMissingTopics(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        this.connection = connection;
    }

    void atStart(@Observes @Priority(1) StartupEvent started) {
        CreateTopics.in(connection);
    }
}
