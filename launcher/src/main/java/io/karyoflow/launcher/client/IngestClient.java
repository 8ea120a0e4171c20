package io.karyoflow.launcher.client;

import io.karyoflow.common.message.DatasetRegistered;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Ingest's REST interface. */
public final class IngestClient {
    private final JsonHttp http;

    public IngestClient(URI ingest) {
        this.http = new JsonHttp(ingest);
    }

    /** Has nuclei generated below the import root; same seed and counts, same images. */
    public Sample generateSample(String name, int labelled, int unlabelled, long seed) {
        return http.post(
                "/samples",
                Map.of("name", name, "labelled", labelled, "unlabelled", unlabelled, "seed", seed),
                Sample.class);
    }

    /**
     * Begins an import that refuses a data set with faults.
     *
     * @param path below the import root
     * @param validationShare the part of the images to validate on, in fold 0; empty where the data come with folds
     */
    public Dataset importDataset(String path, String name, OptionalDouble validationShare) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("path", path);
        body.put("name", name);
        body.put("onError", "reject");
        validationShare.ifPresent(share -> body.put("validationShare", share));
        return http.post("/datasets", body, Dataset.class);
    }

    public Dataset dataset(String id) {
        return http.get("/datasets/" + id, Dataset.class);
    }

    /** Asks for a prediction and explanations; the answers come on Kafka. */
    public Accepted requestPrediction(String filename, Optional<String> slide, byte[] image, List<String> explain) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("filename", filename);
        slide.ifPresent(known -> parameters.put("slide", known));
        if (!explain.isEmpty()) {
            parameters.put("explain", String.join(",", explain));
        }
        return http.postBytes("/images" + JsonHttp.query(parameters), image, Accepted.class);
    }

    /** @param path below the import root */
    public record Sample(String path, int labelled, int unlabelled) {}

    public record Accepted(String requestId, String imageId) {}

    /** An import as it stands; counts are null before they are known. */
    public record Dataset(
            String id,
            String name,
            State state,
            Integer checked,
            Integer published,
            Integer total,
            List<Problem> problems,
            Integer problemCount,
            DatasetRegistered registration,
            String error) {

        public enum State {
            VALIDATING,
            PUBLISHING,
            REGISTERED,
            REJECTED,
            FAILED
        }

        public Dataset {
            problems = problems == null ? List.of() : problems;
        }
    }

    /** Why a file of a data set cannot be used. */
    public record Problem(String file, String kind, String reason) {}
}
