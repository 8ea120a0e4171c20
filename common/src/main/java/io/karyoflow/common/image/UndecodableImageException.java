package io.karyoflow.common.image;

/** The bytes are no image that Karyoflow can use; the message says why, fit for a report or a dead letter. */
public class UndecodableImageException extends Exception {
    public UndecodableImageException(String reason) {
        super(reason);
    }

    public UndecodableImageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
