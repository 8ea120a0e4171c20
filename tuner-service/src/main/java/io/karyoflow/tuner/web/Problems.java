package io.karyoflow.tuner.web;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.tuner.study.InvalidStudyException;
import io.karyoflow.tuner.study.ModelInUseException;
import io.karyoflow.tuner.study.StudyHasEndedException;
import io.karyoflow.tuner.study.UnknownIdException;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What goes wrong in the domain, as RFC 9457 problem details. */
class Problems {
    @ServerExceptionMapper
    public Response invalid(InvalidStudyException e) {
        return HttpProblem.builder()
                .withTitle("The study cannot run as specified")
                .withStatus(422)
                .withDetail(e.getMessage())
                .with("problems", e.problems())
                .build()
                .toResponse();
    }

    @ServerExceptionMapper
    public Response unknown(UnknownIdException e) {
        return problem("Not found", Status.NOT_FOUND, e);
    }

    @ServerExceptionMapper
    public Response ended(StudyHasEndedException e) {
        return problem("The study has ended", Status.CONFLICT, e);
    }

    @ServerExceptionMapper
    public Response inUse(ModelInUseException e) {
        return problem("The model is needed", Status.CONFLICT, e);
    }

    @ServerExceptionMapper
    public Response unavailable(StoreUnavailableException e) {
        return problem("The database does not answer; try again later", Status.SERVICE_UNAVAILABLE, e);
    }

    private static Response problem(String title, Status status, Exception e) {
        return HttpProblem.builder()
                .withTitle(title)
                .withStatus(status)
                .withDetail(e.getMessage())
                .build()
                .toResponse();
    }
}
