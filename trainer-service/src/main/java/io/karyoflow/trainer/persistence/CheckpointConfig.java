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

    /**
     * Trials whose checkpoint would be larger are trained without: lost ones begin anew, and fail when they are lost for the
     * third time ({@code karyoflow.trials.max-attempts} of the tuner), however long it took. PostgreSQL keeps one of each.
     */
    @WithDefault("512M")
    MemorySize maxSize();
}
