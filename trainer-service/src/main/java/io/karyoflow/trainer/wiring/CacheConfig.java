package io.karyoflow.trainer.wiring;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where data sets are kept on this host. */
@ConfigMapping(prefix = "karyoflow.cache")
public interface CacheConfig {
    /** All trainers of a host should share one; it takes 3 bytes a pixel of each data set, and what features are kept. */
    @WithDefault("${java.io.tmpdir}/karyoflow-cache")
    Path folder();

    /**
     * Beyond this, data sets and features that no trainer of the host has open are deleted, those that were opened longest
     * ago first.
     * What they have open or are just writing may exceed it.
     */
    @WithDefault("50G")
    MemorySize maxSize();
}
