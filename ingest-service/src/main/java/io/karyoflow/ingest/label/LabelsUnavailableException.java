package io.karyoflow.ingest.label;

/** The store of labels does not answer just now. Nothing is wrong with them; the same call may succeed later. */
public class LabelsUnavailableException extends RuntimeException {
    public LabelsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
