package io.karyoflow.ingest.dataset;

/** The store of the data sets does not answer just now. Nothing is wrong with them; the same call may succeed later. */
public class DatasetsUnavailableException extends RuntimeException {
    public DatasetsUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
