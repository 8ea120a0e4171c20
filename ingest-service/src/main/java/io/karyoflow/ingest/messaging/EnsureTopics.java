package io.karyoflow.ingest.messaging;

import io.karyoflow.common.messaging.CreateTopics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** Creates missing topics before anything is sent to them. */
@ApplicationScoped
class EnsureTopics {
    void onStart(
            @Observes @Priority(1) StartupEvent start,
            @Identifier("default-kafka-broker") Map<String, Object> connection) {
        CreateTopics.in(connection);
    }
}
