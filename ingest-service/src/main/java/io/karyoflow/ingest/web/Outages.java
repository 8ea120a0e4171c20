package io.karyoflow.ingest.web;

import io.karyoflow.common.database.StoreUnavailableException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Whatever asks PostgreSQL in vain is answered with 503, not as if it were a fault of this service. */
class Outages {
    @ServerExceptionMapper
    public Response unavailable(StoreUnavailableException e) {
        return HttpErrors.unavailable("the database does not answer; try again later")
                .toResponse();
    }
}
