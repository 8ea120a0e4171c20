package io.karyoflow.tuner.web;

import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;

/** A request that cannot be understood, as an RFC 9457 problem; the detail says what to write instead. */
final class BadRequest {
    private BadRequest() {}

    static HttpProblem because(String detail) {
        return HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle(Status.BAD_REQUEST.getReasonPhrase())
                .withDetail(detail)
                .build();
    }
}
