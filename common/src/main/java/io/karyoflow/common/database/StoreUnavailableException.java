package io.karyoflow.common.database;

/** The database does not answer just now. Nothing is wrong with what was asked of it; the same call may succeed later. */
public class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
