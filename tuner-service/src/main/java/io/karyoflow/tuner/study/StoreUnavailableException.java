package io.karyoflow.tuner.study;

/** The studies' store does not answer at the moment; the same call may succeed later. */
public class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
