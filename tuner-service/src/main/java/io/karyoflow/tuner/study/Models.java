package io.karyoflow.tuner.study;

import java.util.Optional;

/** The stored models, and which serve. One that was deleted is not stored. */
public interface Models {
    boolean exists(String modelId);

    Optional<StoredBundle> bundle(String modelId);

    /**
     * Makes the model serve {@code role} from now on; it is announced after the transaction.
     *
     * @param said is kept with the promotion
     * @throws UnknownIdException if there is no such model
     */
    void promote(String modelId, String role, SaidOfPromotion said);

    /**
     * Deletes the model's files for good. That there was such a model, and where it served, stays known.
     *
     * @throws UnknownIdException if there is no such model
     * @throws ModelInUseException if it serves, or its study may still promote it
     */
    void delete(String modelId);
}
