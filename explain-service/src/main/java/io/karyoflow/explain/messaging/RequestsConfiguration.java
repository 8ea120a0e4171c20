package io.karyoflow.explain.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How requests are taken from Kafka and answers given to it. */
@ConfigMapping(prefix = "karyoflow.requests")
public interface RequestsConfiguration {

    /** Instances of one group share the requests. */
    @WithDefault("explain")
    String group();

    /** Names the transactions of this instance; must differ between instances that run at the same time. */
    @WithDefault("explain-${quarkus.uuid}")
    String transactionalId();

    /** After a failure the batch is tried again, after this long at first and at most {@link #longestPause} later. */
    @WithDefault("200ms")
    Duration shortestPause();

    @WithDefault("10s")
    Duration longestPause();

    /** Settings of the Kafka consumer, over those below {@code kafka.} */
    Map<String, String> consumer();

    /** Settings of the Kafka producer, over those below {@code kafka.} */
    Map<String, String> producer();
}
