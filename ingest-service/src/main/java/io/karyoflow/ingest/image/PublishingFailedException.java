package io.karyoflow.ingest.image;

/** What was to be published was not acknowledged; the message says what to check. */
public class PublishingFailedException extends RuntimeException {
    public PublishingFailedException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
