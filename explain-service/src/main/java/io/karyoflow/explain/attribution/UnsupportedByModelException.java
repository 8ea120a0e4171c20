package io.karyoflow.explain.attribution;

/** A method asks for more than the model gives; the message says which methods need no more than its logits. */
public final class UnsupportedByModelException extends RuntimeException {

    /** @param missing what the model does not give, as in "the model gives no gradients" */
    public UnsupportedByModelException(String missing) {
        super("the model gives no " + missing + "; occlusion and rise still work, as they need its logits only");
    }
}
