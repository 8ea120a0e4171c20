package io.karyoflow.ingest.messaging;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How labels are taken from Kafka to be stored. */
@ConfigMapping(prefix = "karyoflow.labels")
public interface LabelsConfig {
    /** Instances of one group share the labels. */
    @WithDefault("labels")
    String group();

    /** Names the transactions of this instance; must differ between instances that run at the same time. */
    @WithDefault("labels-${quarkus.uuid}")
    String transactionalId();

    /** After a failure the labels are taken again, after this long at first and at most {@link #longestPause} later. */
    @WithDefault("200ms")
    Duration shortestPause();

    @WithDefault("10s")
    Duration longestPause();

    /** Settings of the Kafka consumer, over those below {@code kafka.} */
    Map<String, String> consumer();

    /** Settings of the Kafka producer of dead letters, over those below {@code kafka.} */
    Map<String, String> producer();
}
