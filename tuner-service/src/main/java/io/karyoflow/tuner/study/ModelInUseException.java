package io.karyoflow.tuner.study;

/** The model cannot be deleted now; the message says who needs it, and what to do. */
public class ModelInUseException extends RuntimeException {
    public ModelInUseException(String message) {
        super(message);
    }
}
