package io.karyoflow.ingest.web;

import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Somebody who misspells {@code slide} would get, or delete, more than was meant, and images would lose their slide. */
class RefuseUnknownParameters {
    @ServerRequestFilter
    public void refuse(ResourceInfo resource, UriInfo uri) {
        ParameterNames.ofQuery(resource.getResourceMethod())
                .refuseOthers(uri.getQueryParameters().keySet());
    }
}
