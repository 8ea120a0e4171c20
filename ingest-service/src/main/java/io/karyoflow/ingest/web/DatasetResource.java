package io.karyoflow.ingest.web;

import io.karyoflow.common.database.StoreUnavailableException;
import io.karyoflow.ingest.dataset.Datasets;
import io.karyoflow.ingest.dataset.ImportConfig;
import io.karyoflow.ingest.dataset.ImportRequest;
import io.karyoflow.ingest.dataset.ImportSource;
import io.karyoflow.ingest.dataset.LocateSource;
import io.karyoflow.ingest.dataset.OnError;
import io.karyoflow.ingest.dataset.RunImports;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jboss.resteasy.reactive.server.multipart.MultipartFormDataInput;

/** Data sets: import by path or upload, then poll. */
@Path("/datasets")
class DatasetResource {
    private final Datasets datasets;
    private final RunImports runImports;
    private final LocateSource locateSource;
    private final ImportConfig config;

    DatasetResource(Datasets datasets, RunImports runImports, LocateSource locateSource, ImportConfig config) {
        this.datasets = datasets;
        this.runImports = runImports;
        this.locateSource = locateSource;
        this.config = config;
    }

    /** {@code path} is relative to the import root. */
    record Body(
            String path,
            String name,
            List<String> classes,
            OnError onError,
            Integer folds,
            Double validationShare,
            Long seed) {
        ImportOptions options() {
            return new ImportOptions(name, classes, onError, folds, validationShare, seed);
        }
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Import a folder below karyoflow.import.root: train.csv with train.zip or train/")
    @APIResponse(
            responseCode = "202",
            description = "The import runs; poll Location",
            content = @Content(schema = @Schema(implementation = DatasetView.class)))
    @APIResponse(responseCode = "404", description = "There is no such folder, or it lacks a file")
    @APIResponse(responseCode = "422", description = "The path leaves the root, or an option is out of its range")
    @APIResponse(responseCode = "503", description = "The database does not answer; nothing was imported")
    public Response importByPath(Body body) throws IOException {
        if (body == null || body.path() == null || body.path().isBlank()) {
            throw HttpErrors.unprocessable("path is missing; name a folder below karyoflow.import.root");
        }
        try {
            ImportSource source = locateSource.locate(body.path());
            String folder = source.csv().getParent().getFileName().toString();
            return submit(RunImports.newId(), body.options().request(source, folder, config));
        } catch (IllegalArgumentException e) {
            throw HttpErrors.unprocessable(e.getMessage());
        } catch (NoSuchFileException e) {
            throw HttpErrors.notFound("'" + body.path() + "': " + e.getReason());
        }
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(summary = "Import an upload: csv (Filename,Label[,Group][,Fold]) and archive (a zip of the images)")
    @APIResponse(
            responseCode = "202",
            description = "The import runs; poll Location",
            content = @Content(schema = @Schema(implementation = DatasetView.class)))
    @APIResponse(responseCode = "400", description = "A field is not known")
    @APIResponse(responseCode = "413", description = "More than quarkus.http.limits.max-body-size")
    @APIResponse(responseCode = "422", description = "A file is missing, or an option is out of its range")
    @APIResponse(responseCode = "503", description = "The database does not answer; nothing was imported")
    public Response importUpload(@BeanParam DatasetUpload upload, MultipartFormDataInput form) throws IOException {
        ParameterNames.ofForm(DatasetUpload.class).refuseOthers(form.getValues().keySet());
        require("csv", upload.csv);
        require("archive", upload.archive);
        String id = RunImports.newId();
        java.nio.file.Path folder = config.uploads().toAbsolutePath().resolve(id);
        ImportSource source = new ImportSource(folder.resolve("upload.csv"), folder.resolve("upload.zip"), true);
        ImportRequest request;
        try {
            request = upload.options().request(source, upload.archive.fileName(), config);
        } catch (IllegalArgumentException e) {
            throw HttpErrors.unprocessable(e.getMessage());
        }
        source.receive(upload.csv.uploadedFile(), upload.archive.uploadedFile());
        return submit(id, request);
    }

    @GET
    @Operation(summary = "All data sets, newest first")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public List<DatasetView> list() {
        return datasets.list().stream().map(DatasetView::of).toList();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "One data set: progress, problems by file and reason, and its registration")
    @APIResponse(responseCode = "404", description = "There is no such data set")
    @APIResponse(responseCode = "503", description = "The database does not answer")
    public DatasetView find(@RestPath String id) {
        return datasets.find(id)
                .map(DatasetView::of)
                .orElseThrow(() -> HttpErrors.notFound("there is no data set " + id + "; GET /datasets lists them"));
    }

    private Response submit(String id, ImportRequest request) {
        try {
            runImports.submit(id, request);
        } catch (StoreUnavailableException e) {
            throw HttpErrors.unavailable("the database does not answer; import the data set again when it does");
        }
        // not asked of the database, which may have gone since: the import runs
        return Response.accepted(DatasetView.accepted(id, request.name()))
                .location(URI.create("/datasets/" + id))
                .build();
    }

    private static void require(String field, FileUpload file) {
        if (file == null || file.size() == 0) {
            throw HttpErrors.unprocessable("the form has no file '" + field
                    + "', or it is empty; send csv (Filename,Label[,Group][,Fold]) and archive (a zip of the images)");
        }
    }
}
