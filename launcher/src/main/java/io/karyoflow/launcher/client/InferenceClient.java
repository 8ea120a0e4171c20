package io.karyoflow.launcher.client;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What inference says of itself. */
public final class InferenceClient {
    private static final String MODEL = "model";

    private final JsonHttp http;

    public InferenceClient(URI inference) {
        this.http = new JsonHttp(inference);
    }

    /**
     * The id of the model that answers now, or that there is none yet.
     *
     * @throws UncheckedIOException if it cannot be reached or is not ready
     */
    public String model() {
        return http.get("/q/health/ready", Health.class).checks().stream()
                .filter(check -> check.data() != null && check.data().containsKey(MODEL))
                .map(check -> String.valueOf(check.data().get(MODEL)))
                .findFirst()
                .orElse("unknown");
    }

    private record Health(List<Check> checks) {}

    private record Check(Map<String, Object> data) {}
}
