package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.PromotionOverview;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/promotions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "models")
class PromotionsResource {
    private final Overviews overviews;

    PromotionsResource(Overviews overviews) {
        this.overviews = overviews;
    }

    @GET
    @Operation(
            summary = "Which model was in service when, newest first",
            description = "A model is there as often as it was put into service. promotedBy is STUDY, with the study's"
                    + " reason, or HAND, with the reason that was given and saidBy, the name that was given: no service"
                    + " asks for a login, so nothing proves it.")
    public List<PromotionOverview> promotions() {
        return overviews.promotions();
    }
}
