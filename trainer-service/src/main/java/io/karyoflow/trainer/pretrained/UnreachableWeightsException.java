package io.karyoflow.trainer.pretrained;

/** The weights cannot be loaded just now; the same call may succeed later. */
public final class UnreachableWeightsException extends UnusableWeightsException {
    UnreachableWeightsException(String message) {
        super(message);
    }

    UnreachableWeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
