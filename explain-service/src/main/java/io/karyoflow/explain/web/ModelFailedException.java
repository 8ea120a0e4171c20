package io.karyoflow.explain.web;

/** The image was decoded and the request is as it should be, but the model did not answer. */
final class ModelFailedException extends RuntimeException {
    ModelFailedException(String message) {
        super(message);
    }
}
