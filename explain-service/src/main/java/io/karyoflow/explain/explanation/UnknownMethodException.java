package io.karyoflow.explain.explanation;

/** A request asks for an attribution method that does not exist; the message lists those that do. */
public class UnknownMethodException extends Exception {
    UnknownMethodException(String reason) {
        super(reason);
    }
}
