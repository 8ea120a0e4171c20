package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.TrialDetails;
import io.karyoflow.tuner.overview.TrialReport;
import io.karyoflow.tuner.study.UnknownIdException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/trials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "trials")
class TrialsResource {
    private final Overviews overviews;

    TrialsResource(Overviews overviews) {
        this.overviews = overviews;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A trial with its curves and the report of its latest epoch")
    @APIResponse(responseCode = "200", description = "The trial")
    @APIResponse(responseCode = "404", description = "There is no such trial")
    public TrialDetails trial(String id) {
        return overviews
                .trial(id)
                .orElseThrow(() ->
                        new UnknownIdException("there is no trial '" + id + "'; GET /studies/{id}/trials lists them"));
    }

    @GET
    @Path("/{id}/reports")
    @Operation(summary = "What a trial's network was worth on the validation images after each epoch")
    @APIResponse(responseCode = "200", description = "In the order of the epochs")
    @APIResponse(responseCode = "404", description = "There is no such trial")
    public List<TrialReport> reports(String id) {
        return overviews.reports(trial(id).trial().id());
    }
}
