package io.karyoflow.tuner.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.karyoflow.common.database.StorableText;
import io.karyoflow.common.message.MessageJson;
import io.karyoflow.tuner.study.InvalidStudyException;
import io.karyoflow.tuner.study.Repeats;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads a study request strictly: what is misspelt, repeated or of another type must not silently have its default. */
final class StudyRequestReader {
    private static final ObjectMapper STRICT = MessageJson.mapper()
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private StudyRequestReader() {}

    /** @throws InvalidStudyException that names the setting and says what to do */
    static StudyRequest read(String json) {
        if (isEmpty(json)) {
            throw new InvalidStudyException(List.of("the body is empty; send a JSON object with dataset and space"));
        }
        return read(json, StudyRequest.class);
    }

    /**
     * What is to be repeated of a trial: an empty body leaves out both folds and seeds.
     *
     * @throws InvalidStudyException that names the setting and says what to do
     */
    static Repeats readRepeats(String json) {
        return isEmpty(json) ? new Repeats(null, null) : read(json, Repeats.class);
    }

    private static boolean isEmpty(String json) {
        return json == null || json.isBlank() || json.strip().equals("null");
    }

    private static <T> T read(String json, Class<T> type) {
        if (!StorableText.isStorableJson(json)) {
            throw new InvalidStudyException(
                    List.of("the body has the character NUL (\\u0000), which cannot be stored; leave it out"));
        }
        try {
            return STRICT.readValue(json, type);
        } catch (JsonEOFException e) {
            throw new InvalidStudyException(List.of("the body is not JSON: it ends too early"));
        } catch (JsonMappingException e) {
            String path = path(e);
            throw new InvalidStudyException(List.of(path.isEmpty() ? reason(e) : path + ": " + reason(e)));
        } catch (JsonProcessingException e) {
            throw new InvalidStudyException(List.of("the body is not JSON: " + e.getOriginalMessage() + " at "
                    + e.getLocation().offsetDescription()));
        }
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    private static String reason(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "is not a setting here; known are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (e instanceof InvalidTypeIdException type) {
            return type.getTypeId() == null
                    ? "has no \"type\"; add one"
                    : "the type \"" + type.getTypeId() + "\" is not known; "
                            + type.getOriginalMessage()
                                    .replaceAll("(?s).*known type ids = (\\[[^]]*]).*", "known are $1");
        }
        if (e instanceof MismatchedInputException wrong
                && expected(wrong.getTargetType()).isPresent()) {
            return "must be " + expected(wrong.getTargetType()).get();
        }
        return e.getCause() instanceof IllegalArgumentException cause && !(cause instanceof NumberFormatException)
                ? cause.getMessage()
                : e.getOriginalMessage();
    }

    /** What a setting of that type takes; empty if Jackson's own words must do. */
    private static Optional<String> expected(Class<?> type) {
        if (type == int.class || type == Integer.class || type == Long.class) {
            return Optional.of("a whole number, without quotes");
        }
        if (type == double.class) {
            return Optional.of("a number, without quotes");
        }
        if (type != null && Collection.class.isAssignableFrom(type)) {
            return Optional.of("a list, in brackets");
        }
        return type != null && type.isEnum()
                ? Optional.of("one of " + STRICT.convertValue(type.getEnumConstants(), List.class))
                : Optional.empty();
    }
}
