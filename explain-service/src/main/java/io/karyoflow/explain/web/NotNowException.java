package io.karyoflow.explain.web;

/** Nothing is wrong with the request, but it must be sent again later. */
final class NotNowException extends RuntimeException {
    private final int retryAfterSeconds;

    private NotNowException(String message, int retryAfterSeconds) {
        super(message);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    static NotNowException noModel() {
        return new NotNowException(
                "no model serves yet: one is promoted when a study ends; see the tuner's pages, then send it again",
                10);
    }

    static NotNowException noStore() {
        return new NotNowException(
                "the database, which has the models, does not answer now; send it again later, or leave model out for the"
                        + " one that serves",
                10);
    }

    static NotNowException busy() {
        return new NotNowException("too many other images are being explained; send it again later", 30);
    }

    static NotNowException manyUnread() {
        return new NotNowException(
                "too much of earlier answers is not read yet by those who asked for them; send it again later, or name fewer"
                        + " methods",
                30);
    }

    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
