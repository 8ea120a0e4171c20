package io.karyoflow.trainer.pretrained;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where weights files are kept on this host. */
@ConfigMapping(prefix = "karyoflow.weights")
public interface WeightsConfig {
    /** Weights that a study names by a relative path lie here; those that it names by a URL are kept here. */
    @WithDefault("${java.io.tmpdir}/karyoflow-weights")
    Path folder();
}
