package io.karyoflow.trainer.data;

/** The data set cannot be trained on as it was registered; the message says what is wrong with it and what to do. */
public class UnusableDatasetException extends RuntimeException {
    public UnusableDatasetException(String reason) {
        super(reason);
    }

    public UnusableDatasetException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
