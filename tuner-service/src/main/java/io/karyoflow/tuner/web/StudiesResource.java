package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.RepeatsSummary;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialCurve;
import io.karyoflow.tuner.overview.TrialOverview;
import io.karyoflow.tuner.study.CreateStudy;
import io.karyoflow.tuner.study.EndStudy;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/studies")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
class StudiesResource {
    private final CreateStudy createStudy;
    private final EndStudy endStudy;
    private final Overviews overviews;

    StudiesResource(CreateStudy createStudy, EndStudy endStudy, Overviews overviews) {
        this.createStudy = createStudy;
        this.endStudy = endStudy;
        this.overviews = overviews;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Start a study", description = "Its first trials are queued before the answer is sent.")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = StudyRequest.class)))
    @APIResponse(
            responseCode = "201",
            description = "Started; Location is where to follow it",
            content = @Content(schema = @Schema(implementation = StudyOverview.class)))
    @APIResponse(responseCode = "422", description = "It cannot run as specified: each problem says what to do")
    public Response create(String body) {
        StudyRequest request = StudyRequestReader.read(body);
        String id = createStudy.create(request.givenName(), request.specification());
        return Response.created(URI.create("/studies/" + id)).entity(study(id)).build();
    }

    @GET
    @Operation(summary = "Studies, newest first")
    @APIResponse(
            responseCode = "200",
            description = "As many as the limit allows",
            headers =
                    @Header(
                            name = "Link",
                            description = "Where those that are older are, with rel=\"next\", if there are any",
                            schema = @Schema(implementation = String.class)),
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = StudyOverview.class)))
    @APIResponse(
            responseCode = "400",
            description = "The limit is out of its range, from is no study's id, or a parameter is not known")
    public Response studies(@BeanParam ListParameters parameters) {
        return parameters.answer("/studies", overviews.studies(parameters.part()));
    }

    @GET
    @Path("/{id}")
    @Operation(
            summary = "A study with its trials counted by state",
            description = "Once it has ended, promotedModelId is the model that was promoted, or null, and"
                    + " promotionReason says why it was promoted or was not. Repeats of one configuration have no"
                    + " best trial, and promote none of their models by themselves.")
    @APIResponse(responseCode = "200", description = "The study")
    @APIResponse(responseCode = "404", description = "There is no such study")
    public StudyOverview study(String id) {
        return overviews.study(id).orElseThrow(() -> UnknownIdException.ofStudy(id));
    }

    @GET
    @Path("/{id}/trials")
    @Operation(summary = "A study's trials with the validation metrics of their latest epochs")
    @APIResponse(responseCode = "200", description = "In the order of their numbers")
    @APIResponse(responseCode = "404", description = "There is no such study")
    public List<TrialOverview> trials(String id) {
        return overviews.trials(study(id).id());
    }

    @GET
    @Path("/{id}/curves")
    @Operation(summary = "Every epoch of a study's trials")
    @APIResponse(responseCode = "200", description = "In the order of the trials' numbers")
    @APIResponse(responseCode = "404", description = "There is no such study")
    public List<TrialCurve> curves(String id) {
        return overviews.curves(study(id).id());
    }

    @GET
    @Path("/{id}/summary")
    @Produces({MediaType.APPLICATION_JSON, SummaryAsCsv.TYPE})
    @Operation(
            summary = "What a repeated configuration is worth: mean and standard deviation over seeds",
            description = "Of completed trials alone. bySeed is of the images of all folds in one confusion matrix, and"
                    + " null while a fold of the seed is missing; sd is with n - 1. byFold has means over seeds.")
    @APIResponse(
            responseCode = "200",
            description = "A row for each measure",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = RepeatsSummary.class)),
                @Content(mediaType = SummaryAsCsv.TYPE, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "404", description = "There is no such study, or it does not repeat a configuration")
    public Response summary(String id, @Context HttpHeaders headers) {
        RepeatsSummary summary = overviews
                .summary(study(id))
                .orElseThrow(
                        () -> new UnknownIdException("study '" + id + "' does not repeat one configuration, so it has"
                                + " no summary; GET /studies/" + id + "/trials has its trials"));
        return SummaryAsCsv.isWanted(headers.getAcceptableMediaTypes())
                ? Response.ok(SummaryAsCsv.of(summary), SummaryAsCsv.TYPE + ";charset=UTF-8")
                        .build()
                : Response.ok(summary, MediaType.APPLICATION_JSON).build();
    }

    @POST
    @Path("/{id}/stop")
    @Operation(
            summary = "End a study",
            description = "Queued trials end at once, running ones after their current step; then the best completed"
                    + " trial's model, if there is one, is promoted as the study's promotion says. Asking twice does no"
                    + " harm.")
    @APIResponse(responseCode = "202", description = "It is being stopped")
    @APIResponse(responseCode = "404", description = "There is no such study")
    @APIResponse(responseCode = "409", description = "It has ended already")
    public Response stop(String id) {
        endStudy.end(id);
        return Response.accepted(study(id)).build();
    }
}
