package io.karyoflow.tuner.web;

import io.karyoflow.common.validation.PredictionsTable;
import io.karyoflow.tuner.overview.KeptPredictions;
import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialDetails;
import io.karyoflow.tuner.overview.TrialOverview;
import io.karyoflow.tuner.overview.TrialPredictions;
import io.karyoflow.tuner.overview.TrialReport;
import io.karyoflow.tuner.study.RepeatTrial;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

@Path("/trials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trials")
class TrialsResource {
    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String PNG = "image/png";

    private final Overviews overviews;
    private final KeptPredictions predictions;
    private final RepeatTrial repeatTrial;

    TrialsResource(Overviews overviews, KeptPredictions predictions, RepeatTrial repeatTrial) {
        this.overviews = overviews;
        this.predictions = predictions;
        this.repeatTrial = repeatTrial;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A trial with its curves and the report of its latest epoch")
    @APIResponse(responseCode = "200", description = "The trial")
    @APIResponse(responseCode = "404", description = "There is no such trial")
    public TrialDetails trial(String id) {
        return overviews.trial(id).orElseThrow(() -> UnknownIdException.ofTrial(id));
    }

    @GET
    @Path("/{id}/reports")
    @Operation(summary = "What a trial's network was worth on the validation images after each epoch")
    @APIResponse(responseCode = "200", description = "In the order of the epochs")
    @APIResponse(responseCode = "404", description = "There is no such trial")
    public List<TrialReport> reports(String id) {
        return overviews.reports(trial(id).trial().id());
    }

    @GET
    @Path("/{id}/predictions")
    @Produces(CSV)
    @Operation(
            summary = "What a completed trial's final network said of each validation image",
            description =
                    "A CSV with the columns filename, group, label, predicted, probability (of what is predicted) and"
                            + " p(NAME) of each class; probabilities are calibrated. Mistakes come first, the most confident"
                            + " ones on top.")
    @Parameter(in = ParameterIn.QUERY, name = "wrong", description = "true for the mistakes alone")
    @APIResponse(
            responseCode = "200",
            description = "The table",
            content = @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", description = "A parameter is not known")
    @APIResponse(
            responseCode = "404",
            description = "There is no such trial, or it has no predictions: detail says why")
    public Response predictions(String id, @RestQuery @DefaultValue("false") boolean wrong) {
        TrialOverview trial = trial(id).trial();
        TrialPredictions table = predictions
                .of(id)
                .orElseThrow(() -> new UnknownIdException("trial '" + id + "' has no predictions: " + whyNone(trial)));
        String name = id + (wrong ? "-mistakes.csv" : "-predictions.csv");
        StreamingOutput csv = wrong ? table::writeMistakesTo : table::writeTo;
        return Response.ok(csv)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    @GET
    @Path("/{id}/mistakes/{number}/picture")
    @Produces(PNG)
    @Operation(
            summary = "A validation image that a completed trial's final network got wrong",
            description =
                    "The number says which of the mistakes, from 1, in the order of /trials/{id}/predictions?wrong=true:"
                            + " the most confident first. There are pictures of the first "
                            + PredictionsTable.SHOWN_MISTAKES
                            + "; images of more than 128 pixels a side are reduced to that.")
    @APIResponse(
            responseCode = "200",
            description = "The picture, which stays as it is",
            content = @Content(mediaType = PNG, schema = @Schema(type = SchemaType.STRING, format = "binary")))
    @APIResponse(responseCode = "404", description = "There is no such trial, or no such picture: detail says why")
    public Response picture(String id, int number) {
        byte[] png = predictions
                .picture(id, number)
                .orElseThrow(() -> new UnknownIdException("trial '" + id + "' has no picture " + number
                        + " of its mistakes: " + whyNoPicture(trial(id).trial())));
        return Response.ok(png)
                .header(HttpHeaders.CACHE_CONTROL, "private, max-age=86400, immutable")
                .build();
    }

    private String whyNoPicture(TrialOverview trial) {
        int pictures = predictions.pictures(trial.id());
        if (pictures > 0) {
            return "pictures are numbered from 1 to " + pictures;
        }
        return predictions.of(trial.id()).isPresent()
                ? "its network made no mistakes, or its trainer was of an earlier version"
                : whyNone(trial);
    }

    /** Any type, for a button of the page sends no body and names none. */
    @POST
    @Path("/{id}/repeats")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Train a trial's configuration again",
            description =
                    "Starts a study that repeats it: the same network, hyperparameters, epochs and data set, once for"
                            + " each of the folds and seeds. What is left out is the trial's own; without a body the trial is"
                            + " done again as it was. As many run at once as of the trial's study. Metrics and weights are"
                            + " the same to the last bit with the same version and type of machine, and no more threads a"
                            + " slot than ghostBatches.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            example = "{\"folds\":[0,1,2,3,4],\"seeds\":[1,2,3]}")))
    @APIResponse(
            responseCode = "201",
            description = "Started; Location is where to follow it",
            content = @Content(schema = @Schema(implementation = StudyOverview.class)))
    @APIResponse(responseCode = "404", description = "There is no such trial")
    @APIResponse(responseCode = "422", description = "It cannot run so: each problem says what to do")
    public Response repeat(String id, String body) {
        String study = repeatTrial.repeat(id, StudyRequestReader.readRepeats(body));
        return Response.created(URI.create("/studies/" + study))
                .entity(overviews.study(study).orElseThrow())
                .build();
    }

    private static String whyNone(TrialOverview trial) {
        return switch (trial.state()) {
            case QUEUED, RUNNING -> "they are kept when it is completed";
            case STOPPED, FAILED -> "it was not completed";
            case COMPLETED ->
                "its trainer did not keep them, since they were too large, as its log then says, or since it was"
                        + " of an earlier version";
        };
    }
}
