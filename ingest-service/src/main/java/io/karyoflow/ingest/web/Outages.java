package io.karyoflow.ingest.web;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.ingest.dataset.DatasetsUnavailableException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever asks PostgreSQL in vain is answered with 503, not as if it were a fault of this service. */
class Outages {
    @ServerExceptionMapper
    public Response unavailable(DatasetsUnavailableException e) {
        return tryAgain();
    }

    @ServerExceptionMapper
    public Response labelsUnavailable(StoreUnavailableException e) {
        return tryAgain();
    }

    private static Response tryAgain() {
        return HttpErrors.unavailable("the database does not answer; try again later")
                .toResponse();
    }
}
