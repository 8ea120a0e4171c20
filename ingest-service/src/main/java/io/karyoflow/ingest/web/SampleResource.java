package io.karyoflow.ingest.web;

import io.karyoflow.ingest.sample.GenerateSample;
import io.karyoflow.ingest.sample.SampleRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Generated nuclei for those who have no data at hand. */
@Path("/samples")
class SampleResource {
    private static final int CREATED = 201;

    private final GenerateSample generateSample;

    SampleResource(GenerateSample generateSample) {
        this.generateSample = generateSample;
    }

    /** Absent counts and seed have defaults. */
    record Body(String name, Integer labelled, Integer unlabelled, Long seed) {}

    /** {@code path} is fit for {@code POST /datasets}. */
    record Sample(String path, int labelled, int unlabelled) {}

    @POST
    @ResponseStatus(CREATED)
    @Operation(
            summary = "Generate labelled and unlabelled nuclei below the import root",
            description = "The same request finds what it generated before.")
    @APIResponse(responseCode = "201", description = "The sample is there")
    @APIResponse(responseCode = "409", description = "Another folder of that name is there")
    @APIResponse(responseCode = "422", description = "A value is out of its range")
    public Sample generate(Body body) throws IOException {
        if (body == null) {
            throw HttpErrors.unprocessable("the body is missing; send {} for a sample as it is by default");
        }
        String name = body.name() == null ? "sample" : body.name();
        try {
            SampleRequest request = new SampleRequest(
                    name,
                    body.labelled() == null ? 2000 : body.labelled(),
                    body.unlabelled() == null ? 400 : body.unlabelled(),
                    body.seed() == null ? 0 : body.seed());
            generateSample.generate(request);
            return new Sample(request.name(), request.labelled(), request.unlabelled());
        } catch (IllegalArgumentException e) {
            throw HttpErrors.unprocessable(e.getMessage());
        } catch (FileAlreadyExistsException e) {
            throw HttpErrors.conflict("below the import root a folder '" + name
                    + "' exists that another request or person made; choose another name");
        }
    }
}
