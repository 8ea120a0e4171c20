package io.karyoflow.common.safetensors;

/** A file is no whole safetensors file; the message names it and says why. */
public final class BrokenSafeTensorsException extends Exception {
    BrokenSafeTensorsException(String message) {
        super(message);
    }
}
