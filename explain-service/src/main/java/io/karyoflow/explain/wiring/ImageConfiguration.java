package io.karyoflow.explain.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which images are accepted. */
@ConfigMapping(prefix = "karyoflow.image")
public interface ImageConfiguration {

    /** Images with more pixels are refused, before their pixels are read. */
    @WithDefault("4194304")
    long maxPixels();
}
