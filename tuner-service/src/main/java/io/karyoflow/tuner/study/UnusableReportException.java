package io.karyoflow.tuner.study;

/** What a trainer said fits no trial that the tuner knows; the message says why, fit for a dead letter. */
public class UnusableReportException extends RuntimeException {
    public UnusableReportException(String reason) {
        super(reason);
    }
}
