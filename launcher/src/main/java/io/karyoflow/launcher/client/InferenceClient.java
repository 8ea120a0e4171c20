package io.karyoflow.launcher.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What inference says of itself. */
public final class InferenceClient {
    private static final String MODEL = "model";
    private static final int UNAVAILABLE = 503;

    private final JsonHttp http;
    private final URI inference;

    public InferenceClient(URI inference) {
        this.http = new JsonHttp(inference);
        this.inference = inference;
    }

    /**
     * The id of the model that answers now, or that there is none yet.
     *
     * @throws UncheckedIOException if it cannot be reached or is not ready
     */
    public String model() {
        try {
            return http.get("/q/health/ready", Health.class).checks().stream()
                    .filter(check -> check.data() != null && check.data().containsKey(MODEL))
                    .map(check -> String.valueOf(check.data().get(MODEL)))
                    .findFirst()
                    .orElse("unknown");
        } catch (RequestRefused e) {
            if (e.status() == UNAVAILABLE) {
                throw new UncheckedIOException(new IOException(inference + " is not ready", e));
            }
            throw e;
        }
    }

    private record Health(List<Check> checks) {}

    private record Check(Map<String, Object> data) {}
}
