package io.karyoflow.trainer.data;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where data sets are kept on this host. */
@ConfigMapping(prefix = "karyoflow.cache")
public interface CacheConfig {
    /** All trainers of a host should share one; it takes 3 bytes a pixel of each data set. */
    @WithDefault("${java.io.tmpdir}/karyoflow-cache")
    Path folder();
}
