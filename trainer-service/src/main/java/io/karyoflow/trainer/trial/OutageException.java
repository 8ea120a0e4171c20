package io.karyoflow.trainer.trial;

/** PostgreSQL or Kafka does not answer just now. Nothing is wrong with the trial; the same call may succeed later. */
public class OutageException extends RuntimeException {
    public OutageException(String what, Throwable cause) {
        super(what + ": " + cause.getMessage(), cause);
    }
}
