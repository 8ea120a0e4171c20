package io.karyoflow.explain.web;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says what to do about requests beyond the limit, which Quarkus ends with a bare 413 before {@link Problems} sees them. */
@Singleton
class RefuseLargeRequests {
    private static final String LIMIT = "quarkus.http.limits.max-body-size";
    private static final int TOO_LARGE = 413;
    private static final long MEGABYTE = 1024 * 1024;

    private final long limit;

    RefuseLargeRequests(@ConfigProperty(name = LIMIT) MemorySize limit) {
        this.limit = limit.asLongValue();
    }

    void register(@Observes Router router) {
        router.route("/explanations")
                .order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1)
                .handler(this::refuseIfLarge);
    }

    private void refuseIfLarge(RoutingContext context) {
        String length = context.request().getHeader("Content-Length");
        if (length == null || Long.parseLong(length) <= limit) {
            context.next();
            return;
        }
        JsonObject problem = new JsonObject()
                .put("status", TOO_LARGE)
                .put("title", "The request is too large")
                .put(
                        "detail",
                        "the request has more than " + limit / MEGABYTE
                                + " MB; send one image at a time, cut into patches if it is large, or raise the limit "
                                + LIMIT);
        context.response()
                .setStatusCode(TOO_LARGE)
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Connection", "close")
                .end(problem.encode())
                .onComplete(sent -> context.request().connection().close());
    }
}
