package io.karyoflow.common.runtime;

/** A model was asked for what its bundle has no signature for. */
public class MissingSignatureException extends RuntimeException {
    public MissingSignatureException(String modelId, String signature) {
        super("model " + modelId + " has no signature '" + signature + "'");
    }
}
