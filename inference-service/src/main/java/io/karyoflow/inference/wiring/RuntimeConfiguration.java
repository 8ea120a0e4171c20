package io.karyoflow.inference.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where and with how many threads models run. */
@ConfigMapping(prefix = "karyoflow.runtime")
public interface RuntimeConfiguration {

    /** Models lie here unpacked while they are loaded. */
    @WithDefault("${java.io.tmpdir}/karyoflow-inference")
    Path workFolder();

    /**
     * Threads that compute one operation together, and, up to 4, that decode images and that compute batches side by side; 0
     * for all cores.
     */
    @WithDefault("0")
    int threads();

    /**
     * Whether labels are made of the mean score over the 8 flips and quarter turns of an image: a little better, and 8 times
     * the work. A model whose hyperparameter of this name is true does so in any case.
     */
    @WithDefault("false")
    boolean averageOrientations();
}
