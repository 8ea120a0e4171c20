package io.karyoflow.explain.web;

import io.karyoflow.common.image.ImageDecoder;
import io.karyoflow.common.image.Png;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.explain.recent.RecentRequest;
import io.karyoflow.explain.recent.RecentRequests;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What this process explained lately. */
@Path("/recent")
@Tag(name = "recent")
class RecentResource {
    private final RecentRequests requests;
    private final ImageDecoder decoder;

    RecentResource(RecentRequests requests, ImageDecoder decoder) {
        this.requests = requests;
        this.decoder = decoder;
    }

    /** A request without its image. */
    record Recent(
            String id, String filename, String className, double probability, String modelId, Instant explainedAt) {
        static Recent of(RecentRequest request) {
            return new Recent(
                    request.id(),
                    request.filename(),
                    request.className(),
                    request.probability(),
                    request.modelId(),
                    request.explainedAt());
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "The last prediction requests that this process explained, newest first",
            description = "POST /explanations takes their id in place of an image.")
    public List<Recent> newestFirst() {
        return requests.newestFirst().stream().map(Recent::of).toList();
    }

    @GET
    @Path("/{id}/image")
    @Produces("image/png")
    @Operation(summary = "The image of a recent request, as PNG whatever it came as")
    @APIResponse(responseCode = "404", description = "It has made room for newer ones")
    public Response image(String id) throws UndecodableImageException {
        byte[] encoded = find(requests, id).image();
        return Response.ok(Png.encode(decoder.decode(encoded).image().toBufferedImage()), "image/png")
                .header("Cache-Control", "private, max-age=3600, immutable")
                .build();
    }

    /** @throws HttpProblem 404 */
    static RecentRequest find(RecentRequests requests, String id) {
        return requests.find(id).orElseThrow(() -> HttpProblem.builder()
                .withStatus(Response.Status.NOT_FOUND)
                .withTitle("Not found")
                .withDetail("request '" + id + "' is not among the last " + RecentRequests.MOST
                        + " that this process explained; GET /recent lists them")
                .build());
    }
}
