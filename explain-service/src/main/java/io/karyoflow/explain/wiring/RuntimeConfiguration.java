package io.karyoflow.explain.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where and with how many threads models run. */
@ConfigMapping(prefix = "karyoflow.runtime")
public interface RuntimeConfiguration {

    /** Models lie here unpacked while they are loaded. */
    @WithDefault("${java.io.tmpdir}/karyoflow-explain")
    Path workFolder();

    /**
     * Models that stay open beside the promoted one, for requests whose label an earlier model made; and as many more, for
     * those that HTTP requests name.
     */
    @WithDefault("1")
    int earlierModels();

    /** Threads that compute one operation together, at least 1; parts of a batch are computed side by side on all cores. */
    @WithDefault("1")
    int threads();
}
