package io.karyoflow.inference.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is computed at once. */
@ConfigMapping(prefix = "karyoflow.prediction")
public interface PredictionConfiguration {

    /** Images in one call of the model, at most. */
    @WithDefault("32")
    int batchImages();

    /** Pixels decoded and not yet classified, at most; each takes some 30 bytes of memory. */
    @WithDefault("4194304")
    long batchPixels();
}
