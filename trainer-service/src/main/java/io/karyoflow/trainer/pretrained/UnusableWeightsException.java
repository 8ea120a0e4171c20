package io.karyoflow.trainer.pretrained;

/** The weights that a trial names cannot be had, or are not of its network; the message says what to do. */
public class UnusableWeightsException extends RuntimeException {
    public UnusableWeightsException(String message) {
        super(message);
    }

    public UnusableWeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
