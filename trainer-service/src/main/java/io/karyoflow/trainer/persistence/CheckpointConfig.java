package io.karyoflow.trainer.persistence;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What running trials leave behind, so that another worker can go on. */
@ConfigMapping(prefix = "karyoflow.checkpoint")
public interface CheckpointConfig {
    /** A trial leaves a checkpoint when this time has passed since its last. */
    @WithDefault("30s")
    Duration interval();

    /** Trials whose checkpoint would be larger are trained without: lost ones begin anew. PostgreSQL keeps one of each. */
    @WithDefault("512M")
    MemorySize maxSize();
}
