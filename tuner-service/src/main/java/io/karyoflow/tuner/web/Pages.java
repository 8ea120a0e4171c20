package io.karyoflow.tuner.web;

import io.karyoflow.tuner.overview.KeptPredictions;
import io.karyoflow.tuner.overview.ModelOverview;
import io.karyoflow.tuner.overview.Overviews;
import io.karyoflow.tuner.overview.PromotionOverview;
import io.karyoflow.tuner.overview.RepeatsSummary;
import io.karyoflow.tuner.overview.StudyOverview;
import io.karyoflow.tuner.overview.TrialDetails;
import io.karyoflow.tuner.overview.TrialOverview;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * Studies, trials and models for people. The server renders everything; a little script fetches the page again while something
 * runs and exchanges what has changed, so the pages also work without it.
 */
@Path("/")
@Produces(MediaType.TEXT_HTML)
class Pages {
    private static final int LATEST_PROMOTIONS = 20;

    private final Overviews overviews;
    private final KeptPredictions predictions;

    Pages(Overviews overviews, KeptPredictions predictions) {
        this.overviews = overviews;
        this.predictions = predictions;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance studies(
                List<StudyOverview> studies, Optional<ModelOverview> serving, boolean newest, Optional<String> older);

        static native TemplateInstance study(
                StudyOverview study, List<TrialOverview> trials, TrialOrder order, Optional<RepeatsSummary> summary);

        static native TemplateInstance trial(
                StudyOverview study,
                TrialDetails details,
                ConfusionTable confusion,
                MistakesTable mistakes,
                Optional<ModelOverview> model);

        static native TemplateInstance models(
                List<ModelOverview> models, List<PromotionOverview> promotions, boolean newest, Optional<String> older);

        static native TemplateInstance missing(String what);
    }

    @GET
    @Operation(hidden = true)
    public Response studies(@BeanParam ListParameters parameters) {
        return overviews
                .studies(parameters.part())
                .map(part -> Templates.studies(
                        part.items(), overviews.serving(), parameters.isNewest(), parameters.older(part)))
                .map(page -> Response.ok(page).build())
                .orElseGet(() -> missing("study " + parameters.from));
    }

    @GET
    @Path("/pages/studies/{id}")
    @Operation(hidden = true)
    public Response study(String id, @RestQuery @DefaultValue("number") String sort) {
        return overviews
                .study(id)
                .map(study -> {
                    TrialOrder order = TrialOrder.named(sort);
                    return Templates.study(study, order.sorted(overviews.trials(id)), order, overviews.summary(study));
                })
                .map(page -> Response.ok(page).build())
                .orElseGet(() -> missing("study " + id));
    }

    @GET
    @Path("/pages/trials/{id}")
    @Operation(hidden = true)
    public Response trial(String id) {
        return overviews
                .trial(id)
                .map(details -> Templates.trial(
                        overviews.study(details.trial().studyId()).orElseThrow(),
                        details,
                        ConfusionTable.of(details.report()),
                        MistakesTable.of(id, predictions),
                        Optional.ofNullable(details.trial().modelId()).flatMap(overviews::model)))
                .map(page -> Response.ok(page).build())
                .orElseGet(() -> missing("trial " + id));
    }

    @GET
    @Path("/pages/models")
    @Operation(hidden = true)
    public Response models(@BeanParam ListParameters parameters) {
        List<PromotionOverview> promotions = overviews.promotions();
        return overviews
                .models(parameters.part())
                .map(part -> Templates.models(
                        part.items(),
                        promotions.subList(0, Math.min(promotions.size(), LATEST_PROMOTIONS)),
                        parameters.isNewest(),
                        parameters.older(part)))
                .map(page -> Response.ok(page).build())
                .orElseGet(() -> missing("model " + parameters.from));
    }

    private static Response missing(String what) {
        return Response.status(Response.Status.NOT_FOUND)
                .entity(Templates.missing(what))
                .build();
    }
}
