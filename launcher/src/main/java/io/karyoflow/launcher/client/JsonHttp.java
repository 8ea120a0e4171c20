package io.karyoflow.launcher.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.common.message.UnreadableMessageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** JSON over HTTP; an error answer becomes a {@link RequestRefused} with the problem's own words. */
final class JsonHttp {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;

    JsonHttp(URI base) {
        this.base = base;
    }

    /** @throws UncheckedIOException if the service cannot be reached or is not ready */
    <T> T get(String path, Class<T> type) {
        return sendHarmless(request(path).GET(), type);
    }

    <T> T post(String path, Object body, Class<T> type) {
        return send(posting(path, body), type);
    }

    /**
     * For what does no more if it is asked for twice.
     *
     * @throws UncheckedIOException if the service cannot be reached or is not ready
     */
    <T> T postHarmless(String path, Object body, Class<T> type) {
        return sendHarmless(posting(path, body), type);
    }

    <T> T postBytes(String path, byte[] body, Class<T> type) {
        return send(
                request(path).header("Content-Type", "application/octet-stream").POST(BodyPublishers.ofByteArray(body)),
                type);
    }

    static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Accept", "application/json, application/problem+json");
    }

    private HttpRequest.Builder posting(String path, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(MessageJson.write(body)));
    }

    /** Asking again does no harm, so a service that cannot answer for the moment counts as one that is away. */
    private <T> T sendHarmless(HttpRequest.Builder builder, Class<T> type) {
        try {
            return send(builder, type);
        } catch (RequestRefused e) {
            if (e.status() == UNAVAILABLE) {
                throw new UncheckedIOException(base + " is not ready", new IOException(e));
            }
            throw e;
        }
    }

    private <T> T send(HttpRequest.Builder builder, Class<T> type) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {
                throw new RequestRefused(
                        response.statusCode(),
                        request.method() + " " + request.uri() + " was refused (" + response.statusCode() + "): "
                                + problem(response.body()));
            }
            return MessageJson.read(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(base + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private static String problem(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            JsonNode problem = MessageJson.read(body, JsonNode.class);
            return problem.path("detail").asText(problem.path("title").asText(text));
        } catch (UnreadableMessageException e) {
            return text;
        }
    }
}
