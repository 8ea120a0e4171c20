package io.karyoflow.tuner.study;

/** There is nothing of that id; the message names it and says where to look. */
public class UnknownIdException extends RuntimeException {
    public UnknownIdException(String message) {
        super(message);
    }
}
