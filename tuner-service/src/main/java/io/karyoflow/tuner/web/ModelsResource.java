package io.karyoflow.tuner.web;

import io.karyoflow.common.message.ModelPromoted;
import io.karyoflow.tuner.overview.ModelOverview;
import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.study.Models;
import io.karyoflow.tuner.study.StoredBundle;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
class ModelsResource {
    private final Models models;
    private final Overviews overviews;

    ModelsResource(Models models, Overviews overviews) {
        this.models = models;
        this.overviews = overviews;
    }

    @GET
    @Operation(summary = "Stored models, newest first")
    @APIResponse(
            responseCode = "200",
            description = "As many as the limit allows",
            headers =
                    @Header(
                            name = "Link",
                            description = "Where those that are older are, with rel=\"next\", if there are any",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = ModelOverview.class)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is out of its range, from is no model's id, or a parameter is not known")
    public Response models(@BeanParam ListParameters parameters) {
        return parameters.answer("/models", overviews.models(parameters.part()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A stored model")
    @APIResponse(responseCode = "200", description = "The model")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public ModelOverview model(String id) {
        return overviews.model(id).orElseThrow(() -> UnknownIdException.ofModel(id));
    }

    @GET
    @Path("/{id}/bundle")
    @Produces("application/zip")
    @Operation(
            summary = "A stored model's files",
            description =
                    "A zip of model.json and a TensorFlow SavedModel; docs/model-bundle.md says what is in it and how"
                            + " to load it. The ETag is the zip's SHA-256.")
    @APIResponse(responseCode = "200", description = "The zip")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public Response bundle(String id) {
        StoredBundle bundle = models.bundle(id).orElseThrow(() -> UnknownIdException.ofModel(id));
        StreamingOutput zip = bundle::writeTo;
        return Response.ok(zip)
                // so that a download that breaks off is not taken for a whole one
                .header(HttpHeaders.CONTENT_LENGTH, bundle.bytes())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"karyoflow-" + id + ".zip\"")
                .header(HttpHeaders.ETAG, '"' + bundle.sha256() + '"')
                .build();
    }

    @POST
    @Path("/{id}/promotion")
    @Operation(
            summary = "Put a model into service",
            description =
                    "Inference and explain switch to it as soon as they hear of it on the topic models. reason and by"
                            + " say why and for whom, in the address and not in a body; GET /promotions has them.")
    @APIResponse(responseCode = "202", description = "Promoted; it is announced at once")
    @APIResponse(
            responseCode = "400",
            description =
                    "reason or by is too long, a parameter is not known, or there is a body; nothing was promoted")
    @APIResponse(responseCode = "404", description = "There is no such model")
    public Response promote(String id, @BeanParam PromotionParameters parameters, @Context HttpHeaders headers) {
        if (headers.getLength() > 0) {
            throw BadRequest.because("a body is not read; write reason and by as parameters of the address, for example"
                    + " ?by=NAME&reason=WHY");
        }
        models.promote(id, ModelPromoted.DEFAULT_ROLE, parameters.said());
        return Response.accepted(model(id)).build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Delete a model's files for good",
            description =
                    "What is known of its trial, and when it was in service, stays. Labels that it made can no longer"
                            + " be explained once no process has it loaded.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "404", description = "There is no such model")
    @APIResponse(responseCode = "409", description = "It is in service, or its study has not ended: it says what to do")
    public void delete(String id) {
        models.delete(id);
    }
}
