package io.karyoflow.launcher.progress;

/** The job cannot go on; the message says why and what to do, and is all that the person at the terminal sees. */
public class JobFailure extends RuntimeException {
    public JobFailure(String message) {
        super(message);
    }

    public JobFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
