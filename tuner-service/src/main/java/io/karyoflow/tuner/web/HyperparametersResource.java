package io.karyoflow.tuner.web;

import io.karyoflow.common.message.HyperparameterSchema;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/hyperparameters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "studies")
class HyperparametersResource {

    @GET
    @Operation(
            summary = "What a study's space may vary: types, ranges, defaults and meanings",
            description = "As JSON Schema (draft 2020-12), with a property for each hyperparameter.")
    public Map<String, Object> schema() {
        return HyperparameterSchema.json();
    }
}
