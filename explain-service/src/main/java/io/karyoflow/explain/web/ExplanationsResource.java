package io.karyoflow.explain.web;

import io.karyoflow.common.image.UndecodableImageException;
import io.karyoflow.common.runtime.ServedModel;
import io.karyoflow.common.runtime.ServedModels;
import io.karyoflow.explain.attribution.MethodDescription;
import io.karyoflow.explain.explanation.MethodOptions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Why does the model see what it sees in this image? */
@Path("/explanations")
@Tag(name = "explanations")
class ExplanationsResource {
    private final ReadUpload readUpload;
    private final ExplainUpload explainUpload;
    private final WriteExplanation write;
    private final MethodOptions methods;
    private final ServedModels<ServedModel> models;

    ExplanationsResource(
            ReadUpload readUpload,
            ExplainUpload explainUpload,
            WriteExplanation write,
            MethodOptions methods,
            ServedModels<ServedModel> models) {
        this.readUpload = readUpload;
        this.explainUpload = explainUpload;
        this.write = write;
        this.methods = methods;
        this.models = models;
    }

    /** @param classes in the order of their indices */
    record ServingModel(String modelId, List<String> classes) {}

    @POST
    @Consumes({"image/*", MediaType.APPLICATION_OCTET_STREAM})
    @Produces({
        MediaType.APPLICATION_JSON,
        WriteExplanation.PNG,
        WriteExplanation.NPY,
        MediaType.APPLICATION_OCTET_STREAM
    })
    @Operation(
            summary = "Explain one image with the model that serves now, or with another that is stored",
            description =
                    "The body is the encoded PNG, JPEG or TIFF, or a form with the file in the field image (or with the"
                            + " id of a recent request in the field recent), which may have the parameters in fields, too."
                            + " JSON carries every map as base64 of float32 with its picture and how faithful it is; image/png is"
                            + " a figure of all; application/x-npy is the map of one method, or an .npz of several, for"
                            + " numpy.load.")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "methods",
            description = "Names, comma separated; GET /explanations/methods lists them." + " Default: "
                    + Parameters.DEFAULT_METHODS)
    @Parameter(
            in = ParameterIn.QUERY,
            name = "options",
            description = "JSON object by method, such as {\"occlusion\":{\"strides\":[3,4,4]}}")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "target",
            description = "predicted (default), a class by name or index, or the difference of two: 1-0")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "faithfulness",
            description = "auc (default), infidelity, max_sensitivity, comma separated, or none")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "picture",
            description = "blended_heat_map (default), heat_map, masked_image or alpha_scaling")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "sign",
            description = "all, positive, negative or absolute_value; default: what suits the method")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "scale",
            description = "own (default), shared by the maps of this image, or a number: the magnitude"
                    + " with the full colour, to give several images one scale")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "channels",
            description = "sum (default): maps of height x width; all: a value for each channel")
    @Parameter(in = ParameterIn.QUERY, name = "panel", description = "true: JSON carries the figure too, as panelPng")
    @Parameter(in = ParameterIn.QUERY, name = "filename", description = "What the figure calls the image")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "colours",
            description = "Of the image's slide, for a model that sees slides: six numbers, as ce_colours of"
                    + " explanation-requests has them; default: the image's own")
    @Parameter(
            in = ParameterIn.QUERY,
            name = "model",
            description =
                    "Id of the model to explain, for a label that an earlier one made: predictions carry it as modelId."
                            + " Default: the one that serves")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "image/png", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = MediaType.MULTIPART_FORM_DATA,
                        schema =
                                @Schema(
                                        type = SchemaType.OBJECT,
                                        properties = {
                                            @SchemaProperty(
                                                    name = "image",
                                                    type = SchemaType.STRING,
                                                    format = "binary",
                                                    description = "The file; or else the field recent"),
                                            @SchemaProperty(
                                                    name = "recent",
                                                    type = SchemaType.STRING,
                                                    description = "The id of a request that GET /recent lists")
                                        }))
            })
    @APIResponse(
            responseCode = "200",
            description = "Explained",
            headers = {
                @Header(
                        name = WriteExplanation.MODEL,
                        description = "Id of the model that the maps explain",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = WriteExplanation.TARGET,
                        description = "Index of the class whose score they explain, or the difference of two: 1-0",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = WriteExplanation.WARNING,
                        description =
                                "What makes probabilities and maps doubtful, if anything: the image is much larger or"
                                        + " smaller than those that the model learned from",
                        schema = @Schema(type = SchemaType.STRING))
            },
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ExplanationAnswer.class)),
                @Content(mediaType = WriteExplanation.PNG),
                @Content(mediaType = WriteExplanation.NPY)
            })
    @APIResponse(responseCode = "413", description = "More bytes or pixels than the limit")
    @APIResponse(
            responseCode = "422",
            description =
                    "No image, a parameter that is not known or not allowed, or a model that is not stored or cannot be"
                            + " loaded")
    @APIResponse(responseCode = "500", description = "The model failed on this image")
    @APIResponse(
            responseCode = "503",
            description =
                    "No model serves yet, the database does not answer, too many others ask, or have not read their answers;"
                            + " Retry-After says when")
    public Response explain(@Context UriInfo uri, @Context Request request, InputStream image)
            throws IOException, UndecodableImageException {
        return answer(readUpload.body(uri.getQueryParameters(), image), request);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Produces({
        MediaType.APPLICATION_JSON,
        WriteExplanation.PNG,
        WriteExplanation.NPY,
        MediaType.APPLICATION_OCTET_STREAM
    })
    @Operation(hidden = true) // described with the other one, whose path it shares
    public Response explain(@Context UriInfo uri, @Context Request request, MultipartFormDataInput form)
            throws IOException, UndecodableImageException {
        return answer(readUpload.form(uri.getQueryParameters(), form), request);
    }

    private Response answer(ReadUpload.Upload upload, Request request) throws IOException, UndecodableImageException {
        MediaType type = write.chosen(request);
        return explainUpload.explain(upload, explained -> write.as(type, explained));
    }

    @GET
    @Path("/methods")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The methods that there are, with their options")
    public List<MethodDescription> methods() {
        return methods.describe();
    }

    @GET
    @Path("/model")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The model that serves now, and its classes")
    public ServingModel model() {
        if (models.currentId().isEmpty()) {
            throw NotNowException.noModel();
        }
        return models.withModel(
                model -> new ServingModel(model.id(), model.description().classes()));
    }
}
