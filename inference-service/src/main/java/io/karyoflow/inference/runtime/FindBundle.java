package io.karyoflow.inference.runtime;

import io.karyoflow.common.model.ModelBundle;
import java.util.Optional;

/** The port to where bundles are stored. */
public interface FindBundle {
    Optional<ModelBundle> find(String modelId);
}
