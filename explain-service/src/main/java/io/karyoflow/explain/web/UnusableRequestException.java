package io.karyoflow.explain.web;

/** A request that cannot be answered as it is; the message says what to change. */
class UnusableRequestException extends RuntimeException {
    UnusableRequestException(String message) {
        super(message);
    }
}
