package io.karyoflow.tuner.study;

/** There is nothing of that id; the message names it and says where to look. */
public class UnknownIdException extends RuntimeException {
    public UnknownIdException(String message) {
        super(message);
    }

    public static UnknownIdException ofModel(String id) {
        return new UnknownIdException("there is no model '" + id + "'; GET /models lists them");
    }

    public static UnknownIdException ofTrial(String id) {
        return new UnknownIdException("there is no trial '" + id + "'; GET /studies/{id}/trials lists them");
    }

    public static UnknownIdException ofStudy(String id) {
        return new UnknownIdException("there is no study '" + id + "'; GET /studies lists them");
    }
}
