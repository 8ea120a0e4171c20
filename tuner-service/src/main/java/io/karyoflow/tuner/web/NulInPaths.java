package io.karyoflow.tuner.web;

import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** PostgreSQL has no text with the character NUL and refuses to look for it: what has it in its id is not there. */
class NulInPaths {
    @ServerRequestFilter
    public void refuse(UriInfo uri) {
        String path = uri.getPath();
        if (path.indexOf('\0') >= 0 || path.contains("%00")) {
            throw new UnknownIdException("the path has the character NUL, which no id has");
        }
    }
}
