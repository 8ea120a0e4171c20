package io.karyoflow.inference.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much is computed at once, and what is remembered. */
@ConfigMapping(prefix = "karyoflow.prediction")
public interface PredictionConfiguration {

    /** Images in one call of the model, at most. */
    @WithDefault("32")
    int batchImages();

    /** Pixels decoded and not yet classified, at most; each takes some 30 bytes of memory. */
    @WithDefault("4194304")
    long batchPixels();

    /**
     * A slide of which no image came for so long is forgotten, for a model that sees slides: when its name is used again,
     * on another day perhaps, its colours begin anew.
     */
    @WithDefault("12h")
    Duration forgetSlidesAfter();
}
