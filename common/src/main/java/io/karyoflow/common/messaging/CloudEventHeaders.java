package io.karyoflow.common.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * CloudEvents 1.0 attributes as Kafka headers in binary mode: each attribute and extension is a header of its name with
 * {@code ce_} before it, the content type is {@code content-type}.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md">Kafka
 *     protocol binding</a>
 */
public final class CloudEventHeaders {
    public static final String JSON = "application/json";

    private static final String PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";

    private CloudEventHeaders() {}

    /**
     * Headers of a new event.
     *
     * @param type the message's name
     * @param source the service that says it
     * @param contentType of the value, or null if unknown
     */
    public static Headers of(String type, String source, String contentType) {
        Headers headers = new RecordHeaders();
        put(headers, "specversion", "1.0");
        put(headers, "id", UUID.randomUUID().toString());
        put(headers, "type", "io.karyoflow." + type);
        put(headers, "source", "/karyoflow/" + source);
        put(headers, "time", Instant.now().toString());
        if (contentType != null) {
            add(headers, CONTENT_TYPE, contentType);
        }
        return headers;
    }

    /** Headers of a new JSON event that says {@code message}. */
    public static Headers ofJson(Object message, String source) {
        return of(message.getClass().getSimpleName(), source, JSON);
    }

    /** Adds an attribute or extension; null is left out. */
    public static void put(Headers headers, String attribute, Object value) {
        if (value != null) {
            add(headers, PREFIX + attribute, value.toString());
        }
    }

    /** Sets an attribute or extension that may be there already. */
    static void replace(Headers headers, String attribute, Object value) {
        headers.remove(PREFIX + attribute);
        put(headers, attribute, value);
    }

    public static Optional<String> get(Headers headers, String attribute) {
        return value(headers.lastHeader(PREFIX + attribute));
    }

    public static Optional<String> contentType(Headers headers) {
        return value(headers.lastHeader(CONTENT_TYPE));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> value(Header header) {
        return Optional.ofNullable(header)
                .map(Header::value)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .filter(text -> !text.isBlank());
    }
}
