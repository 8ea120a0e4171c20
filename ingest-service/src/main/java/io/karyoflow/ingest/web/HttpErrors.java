package io.karyoflow.ingest.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;

/** Refusals as RFC 9457 problems; the detail says what to do. */
final class HttpErrors {
    private static final int UNPROCESSABLE = 422;

    private HttpErrors() {}

    /** The request is understood, but what it names or holds cannot be used. */
    static HttpProblem unprocessable(String detail) {
        return HttpProblem.builder()
                .withStatus(UNPROCESSABLE)
                .withTitle("Unprocessable Content")
                .withDetail(detail)
                .build();
    }

    /** A parameter is missing or has a wrong form. */
    static HttpProblem badRequest(String detail) {
        return of(Status.BAD_REQUEST, detail);
    }

    static HttpProblem notFound(String detail) {
        return of(Status.NOT_FOUND, detail);
    }

    static HttpProblem notAcceptable(String detail) {
        return of(Status.NOT_ACCEPTABLE, detail);
    }

    static HttpProblem conflict(String detail) {
        return of(Status.CONFLICT, detail);
    }

    static HttpProblem tooLarge(String detail) {
        return of(Status.REQUEST_ENTITY_TOO_LARGE, detail);
    }

    static HttpProblem unavailable(String detail) {
        return of(Status.SERVICE_UNAVAILABLE, detail);
    }

    private static HttpProblem of(Status status, String detail) {
        return HttpProblem.builder()
                .withStatus(status)
                .withTitle(status.getReasonPhrase())
                .withDetail(detail)
                .build();
    }
}
