package io.karyoflow.common.message;

/** A record's value is not the message that its topic carries; the message says what is wrong with it. */
public class UnreadableMessageException extends RuntimeException {
    public UnreadableMessageException(String reason) {
        super(reason);
    }

    public UnreadableMessageException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
