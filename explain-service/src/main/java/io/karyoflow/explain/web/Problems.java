package io.karyoflow.explain.web;

import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.explain.rendering.NoFontsException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What cannot be answered, as RFC 9457 problem details that say what to do. */
class Problems {
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int INTERNAL_ERROR = 500;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int UNAVAILABLE = 503;

    @ServerExceptionMapper
    public Response unusable(UnusableRequestException e) {
        return problem(UNPROCESSABLE, "The request cannot be answered as it is", e)
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    public Response undecodable(UndecodableImageException e) {
        return switch (e.kind()) {
            case TOO_LARGE ->
                problem(TOO_LARGE, "The image is too large", e).build().toResponse();
            case EMPTY, NOT_AN_IMAGE, BROKEN ->
                problem(UNPROCESSABLE, "The image cannot be decoded", e).build().toResponse();
        };
    }

    @ServerExceptionMapper
    public Response notNow(NotNowException e) {
        return problem(UNAVAILABLE, "Not now", e)
                .withHeader(HttpHeaders.RETRY_AFTER, e.retryAfterSeconds())
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    public Response modelFailed(ModelFailedException e) {
        return problem(INTERNAL_ERROR, "The model failed", e).build().toResponse();
    }

    @ServerExceptionMapper
    public Response noFonts(NoFontsException e) {
        return problem(NOT_IMPLEMENTED, "No fonts", e).build().toResponse();
    }

    private static HttpProblem.Builder problem(int status, String title, Exception e) {
        return HttpProblem.builder().withStatus(status).withTitle(title).withDetail(e.getMessage());
    }
}
