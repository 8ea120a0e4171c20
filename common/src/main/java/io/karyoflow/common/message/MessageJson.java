package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import java.io.IOException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one JSON form of messages: ISO-8601 times, absent instead of null, unknown properties ignored. */
public final class MessageJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new ParameterNamesModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private static final Pattern ADVICE_TO_PROGRAMMERS = Pattern.compile(" \\(set .*\\)$");

    private MessageJson() {}

    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw unwritable(message, e);
        }
    }

    /**
     * Characters beyond 16 bits are not escaped, as they are in bytes: PostgreSQL refuses the escape of a half of one, which
     * a name may have whose sender cut it. Unescaped it becomes a question mark on its way there.
     */
    public static String writeText(Object message) {
        try {
            return MAPPER.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw unwritable(message, e);
        }
    }

    private static IllegalArgumentException unwritable(Object message, JsonProcessingException e) {
        return new IllegalArgumentException("cannot write " + message.getClass().getSimpleName() + " as JSON", e);
    }

    /**
     * @throws UnreadableMessageException if the bytes are not JSON, or not of that type: its message is fit for a
     *     dead-letter reason
     */
    public static <T> T read(byte[] json, Class<T> type) {
        if (json == null) {
            throw new UnreadableMessageException("the record has no value; expected a " + type.getSimpleName());
        }
        try {
            T message = MAPPER.readValue(json, type);
            if (message == null) {
                throw new UnreadableMessageException("the value is JSON null; expected a " + type.getSimpleName());
            }
            return message;
        } catch (IOException e) {
            throw new UnreadableMessageException("not a " + type.getSimpleName() + ": " + firstLine(e), e);
        }
    }

    public static <T> T read(String json, Class<T> type) {
        return read(json.getBytes(java.nio.charset.StandardCharsets.UTF_8), type);
    }

    /** A copy that callers may configure further, for example for REST. */
    public static JsonMapper mapper() {
        return MAPPER.copy();
    }

    private static String firstLine(IOException e) {
        String message = e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : path(e)
                        + ADVICE_TO_PROGRAMMERS
                                .matcher(message.lines().findFirst().orElse(""))
                                .replaceFirst("");
    }

    /** Where in the message it is wrong, as far as Jackson says. */
    private static String path(IOException e) {
        if (!(e instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return "";
        }
        return mapping.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining(".", "", ": "));
    }
}
