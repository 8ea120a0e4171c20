package io.karyoflow.launcher.client;

import io.karyoflow.launcher.progress.JobFailure;

/** A service answered with an error; the message is the service's own. */
public class RequestRefused extends JobFailure {
    private final int status;

    RequestRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
