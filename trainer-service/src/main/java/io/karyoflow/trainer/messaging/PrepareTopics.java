package io.karyoflow.trainer.messaging;

import io.karyoflow.common.messaging.CreateTopics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Any service may start first, so each creates the topics that are missing before its channels connect. */
@Singleton
public class PrepareTopics {

    void beforeChannelsConnect(@Observes @Priority(1) StartupEvent event, KafkaConnection connection) {
        CreateTopics.in(connection.settings());
    }
}
