package io.karyoflow.tuner.study;

/** The stored models, and which serve. */
public interface Models {
    boolean exists(String modelId);

    /**
     * Makes the model serve {@code role} from now on; it is announced after the transaction.
     *
     * @throws UnknownIdException if there is no such model
     */
    void promote(String modelId, String role);
}
