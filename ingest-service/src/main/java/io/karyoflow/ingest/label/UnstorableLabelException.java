package io.karyoflow.ingest.label;

/** A label that the store will never take; the message says why. */
public class UnstorableLabelException extends RuntimeException {
    public UnstorableLabelException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
