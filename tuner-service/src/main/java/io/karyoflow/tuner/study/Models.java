package io.karyoflow.tuner.study;

import io.karyoflow.common.model.ModelBundle;
import java.util.Optional;

/** The stored models, and which serve. */
public interface Models {
    boolean exists(String modelId);

    /** All of it, in memory. */
    Optional<ModelBundle> bundle(String modelId);

    /**
     * Makes the model serve {@code role} from now on; it is announced after the transaction.
     *
     * @throws UnknownIdException if there is no such model
     */
    void promote(String modelId, String role);
}
