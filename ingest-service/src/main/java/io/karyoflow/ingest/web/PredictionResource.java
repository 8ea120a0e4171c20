package io.karyoflow.ingest.web;

import io.karyoflow.ingest.label.LabelQuery;
import io.karyoflow.ingest.label.Labels;
import io.karyoflow.ingest.label.StoredLabel;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

/** Labels that were given, for those who do not read Kafka. */
@Path("/predictions")
class PredictionResource {
    static final String WITHOUT_POSITION = "Labels-Without-Position";

    private static final List<String> FORMATS = List.of(LabelFormat.CSV, LabelFormat.JSON, LabelFormat.GEO_JSON);

    /** Each holds a connection to the database until its answer is read, as slowly as somebody likes. */
    static final int MOST_AT_ONCE = 8;

    private final Labels labels;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    PredictionResource(Labels labels) {
        this.labels = labels;
    }

    /** How many labels of the slide were deleted. */
    record Deleted(String slide, int deleted) {}

    @GET
    @Path("/{requestId}")
    @Operation(summary = "The label of one request")
    @APIResponse(
            responseCode = "200",
            description = "The latest, if there were several",
            content = @Content(schema = @Schema(implementation = StoredLabel.class)))
    @APIResponse(responseCode = "404", description = "It is not labelled, or not yet")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public StoredLabel find(@RestPath String requestId) {
        return labels.find(requestId)
                .orElseThrow(() -> HttpErrors.notFound("request " + requestId
                        + " is not labelled (yet); ask again, and if it stays so, see whether it is on"
                        + " prediction-requests-dead-letter, with the reason"));
    }

    @GET
    @Produces({LabelFormat.CSV, LabelFormat.JSON, LabelFormat.GEO_JSON})
    @Operation(
            summary = "Labels of a slide, a time, a model, or all; as CSV, JSON, or GeoJSON for QuPath",
            description =
                    "By the time at which they were made. With maxMargin, from 0 to 1, those alone of which the model"
                            + " was so unsure: the largest probability exceeds the second largest by at most that. GeoJSON has"
                            + " a detection in the middle of each patch of one slide; it needs slide, and size, the side of a"
                            + " patch in pixels of the slide, and leaves out labels without x and y, and warnings. A warning,"
                            + " where JSON and CSV have one, says why the label is doubtful: its image is much larger or smaller"
                            + " than those that the model learned from.")
    @APIResponse(
            responseCode = "200",
            description = "As they were when the request came",
            headers =
                    @Header(
                            name = WITHOUT_POSITION,
                            description = "how many labels GeoJSON leaves out",
                            schema = @Schema(implementation = Long.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "A parameter is not known, a time or maxMargin has a wrong form, or GeoJSON is wanted without slide"
                            + " or size")
    @APIResponse(responseCode = "406", description = "None of the three forms is accepted")
    @APIResponse(
            responseCode = "503",
            description = "The database does not answer, or as many as may are being answered")
    public Response select(@BeanParam LabelFilter filter, @Context HttpHeaders headers) {
        String contentType = contentType(headers);
        double size = size(contentType, filter);
        LabelQuery query = filter.query();
        if (!places.tryAcquire()) {
            throw HttpErrors.unavailable(MOST_AT_ONCE + " others are reading labels; try again later");
        }
        try {
            return answer(labels.select(query), contentType, size);
        } catch (RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    private Response answer(Labels.Selection selection, String contentType, double size) {
        try {
            return switch (contentType) {
                case LabelFormat.GEO_JSON ->
                    response(selection, new LabelsAsGeoJson(selection.classNames(), size))
                            .type(contentType)
                            .header(WITHOUT_POSITION, selection.withoutPosition())
                            .build();
                case LabelFormat.JSON ->
                    response(selection, new LabelsAsJson()).type(contentType).build();
                default ->
                    response(selection, new LabelsAsCsv(selection.classNames()))
                            .type(contentType + ";charset=UTF-8")
                            .build();
            };
        } catch (RuntimeException e) {
            selection.close();
            throw e;
        }
    }

    /** Without it HEAD would be answered by {@link #select}, whose selection is closed by writing a body that HEAD has not. */
    @HEAD
    @Produces({LabelFormat.CSV, LabelFormat.JSON, LabelFormat.GEO_JSON})
    @Operation(summary = "Whether GET would refuse the selection; the database is not asked")
    @APIResponse(responseCode = "200", description = "It would not")
    @APIResponse(
            responseCode = "400",
            description =
                    "A parameter is not known, a time or maxMargin has a wrong form, or GeoJSON is wanted without slide"
                            + " or size")
    @APIResponse(responseCode = "406", description = "None of the three forms is accepted")
    public Response check(@BeanParam LabelFilter filter, @Context HttpHeaders headers) {
        String contentType = contentType(headers);
        size(contentType, filter);
        filter.query();
        return Response.ok().type(contentType).build();
    }

    private static String contentType(HttpHeaders headers) {
        return headers.getAcceptableMediaTypes().stream()
                .flatMap(accepted -> FORMATS.stream()
                        .filter(format -> MediaType.valueOf(format).isCompatible(accepted)))
                .findFirst()
                .orElseThrow(() -> HttpErrors.notAcceptable("labels come as " + String.join(", ", FORMATS)));
    }

    /** 0 for forms that have no use for it. */
    private static double size(String contentType, LabelFilter filter) {
        if (!contentType.equals(LabelFormat.GEO_JSON)) {
            return 0;
        }
        filter.requireSlide();
        return filter.size();
    }

    /** Whatever becomes of the answer, the selection is closed. */
    private ResponseBuilder response(Labels.Selection selection, LabelFormat format) {
        StreamingOutput body = out -> {
            try (selection) {
                format.write(selection, out);
            } finally {
                places.release();
            }
        };
        return Response.ok(body);
    }

    @DELETE
    @Operation(
            summary = "Delete the stored labels of a slide, and their truths",
            description =
                    "Kafka's topics keep theirs, and the images, until their retention ends; labels that come for the"
                            + " slide afterwards are stored.")
    @APIResponse(responseCode = "200", description = "They are deleted; deleted says how many there were")
    @APIResponse(responseCode = "400", description = "No slide is named, or a parameter is not known")
    @APIResponse(responseCode = "503", description = "The database does not answer; nothing was deleted")
    public Deleted deleteOfSlide(@RestQuery String slide) {
        if (slide == null || slide.isBlank()) {
            throw HttpErrors.badRequest("slide is missing; write, for example, slide=7");
        }
        return new Deleted(slide, labels.deleteOfSlide(slide));
    }

    @DELETE
    @Path("/{requestId}")
    @Operation(
            summary = "Delete the stored label of one request, and its truth",
            description =
                    "Kafka's topics keep theirs, and the image, until their retention ends; a label that comes for the"
                            + " request afterwards is stored.")
    @APIResponse(responseCode = "204", description = "Deleted")
    @APIResponse(responseCode = "404", description = "It is not labelled, or not yet; nothing was deleted")
    @APIResponse(responseCode = "503", description = "The database does not answer; nothing was deleted")
    public void delete(@RestPath String requestId) {
        if (!labels.delete(requestId)) {
            throw HttpErrors.notFound("there is no label of request " + requestId
                    + " (yet); GET /predictions has the ids of those that there are");
        }
    }
}
