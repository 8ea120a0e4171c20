package io.karyoflow.ingest.web;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.ingest.image.CheckImage;
import io.karyoflow.ingest.image.CheckedImage;
import io.karyoflow.ingest.image.PublishRequests;
import io.karyoflow.ingest.image.PublishingFailedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestQuery;

/** Single images: each becomes a prediction request. */
@Startup // else its meters would not be there before the first image
@Singleton
@Path("/images")
class ImageResource {
    private static final int ACCEPTED = 202;
    private static final int LONGEST_TEXT = 500;

    private final CheckImage checkImage;
    private final PublishRequests publishRequests;
    private final Counter requested;
    private final Counter rejected;

    ImageResource(CheckImage checkImage, PublishRequests publishRequests, MeterRegistry metrics) {
        this.checkImage = checkImage;
        this.publishRequests = publishRequests;
        this.requested = metrics.counter("karyoflow.ingest.requests", "from", "rest");
        this.rejected = metrics.counter("karyoflow.ingest.requests.rejected", "from", "rest");
    }

    /** The answers on {@code predictions} and {@code attributions} carry both. */
    record Accepted(String requestId, String imageId) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @ResponseStatus(ACCEPTED)
    @Operation(summary = "Ask for the label of one image; the body is the encoded PNG, JPEG or TIFF")
    @APIResponse(
            responseCode = "202",
            description =
                    "On prediction-requests; the answer comes on predictions, and GET /predictions/{requestId} has it")
    @APIResponse(responseCode = "400", description = "A parameter is not known")
    @APIResponse(responseCode = "413", description = "More bytes or pixels than the limit")
    @APIResponse(responseCode = "422", description = "Not an image that can be decoded, or a parameter of a wrong form")
    @APIResponse(responseCode = "503", description = "Kafka did not acknowledge the request")
    public Accepted request(
            @RestQuery String id,
            @RestQuery String filename,
            @RestQuery String slide,
            @RestQuery String x,
            @RestQuery String y,
            @RestQuery String colours,
            @RestQuery String explain,
            InputStream body)
            throws IOException {
        CheckedImage image = check(body);
        String requestId = id == null || id.isBlank() ? UUID.randomUUID().toString() : text("id", id);
        PredictionRequest request = new PredictionRequest(
                requestId,
                text("filename", filename),
                text("slide", slide),
                number("x", x),
                number("y", y),
                colours(colours),
                methods(explain),
                image.contentType(),
                image.bytes());
        try {
            publishRequests.publish(List.of(request));
        } catch (PublishingFailedException e) {
            throw HttpErrors.unavailable(e.getMessage() + ", then send the image again");
        }
        requested.increment();
        return new Accepted(requestId, image.id());
    }

    private CheckedImage check(InputStream body) throws IOException {
        try {
            return checkImage.check(body::readNBytes);
        } catch (UndecodableImageException e) {
            rejected.increment();
            throw switch (e.kind()) {
                case TOO_LARGE -> HttpErrors.tooLarge(e.getMessage());
                case EMPTY, NOT_AN_IMAGE, BROKEN -> HttpErrors.unprocessable(e.getMessage());
            };
        }
    }

    private static List<String> methods(String explain) {
        return explain == null
                ? List.of()
                : Arrays.stream(explain.split(","))
                        .map(String::strip)
                        .filter(method -> !method.isEmpty())
                        .toList();
    }

    private static String text(String name, String value) {
        if (value != null && value.length() > LONGEST_TEXT) {
            throw HttpErrors.unprocessable(name + " has more than " + LONGEST_TEXT + " characters");
        }
        return value;
    }

    private static ColourStatistics colours(String numbers) {
        try {
            return numbers == null || numbers.isBlank() ? null : ColourStatistics.parse(numbers);
        } catch (IllegalArgumentException e) {
            throw HttpErrors.unprocessable("colours: " + e.getMessage());
        }
    }

    private static Long number(String name, String value) {
        try {
            return value == null || value.isBlank() ? null : Long.valueOf(value.strip());
        } catch (NumberFormatException e) {
            throw HttpErrors.unprocessable(name + " is '" + value + "'; it must be a whole number of pixels");
        }
    }
}
