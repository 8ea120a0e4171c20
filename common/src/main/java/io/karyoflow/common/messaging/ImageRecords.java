package io.karyoflow.common.messaging;

import io.karyoflow.common.image.ColourStatistics;
import io.karyoflow.common.message.ExplanationRequested;
import io.karyoflow.common.message.LabelledImage;
import io.karyoflow.common.message.PredictionRequest;
import io.karyoflow.common.message.Topics;
import io.karyoflow.common.message.UnreadableMessageException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Data-plane records: the value is the encoded image, key and headers say the rest. */
public final class ImageRecords {
    /** The few headers that an explanation request has on top of the prediction request. */
    private static final int ON_TOP = 16 * 1024;

    /** Of a prediction request, so that it passes once more as an explanation request. */
    private static final int LARGEST_REQUEST = CreateTopics.MAX_MESSAGE_BYTES - ON_TOP;

    /** They come back in answers, for which brokers allow much less than for images. */
    private static final int LARGEST_KEY_AND_HEADERS = 64 * 1024;

    private ImageRecords() {}

    public static ProducerRecord<String, byte[]> of(LabelledImage image, String source) {
        Headers headers = CloudEventHeaders.of("LabelledImage", source, image.contentType());
        CloudEventHeaders.put(headers, "dataset", image.dataset());
        CloudEventHeaders.put(headers, "filename", image.filename());
        CloudEventHeaders.put(headers, "label", image.label());
        CloudEventHeaders.put(headers, "fold", image.fold());
        CloudEventHeaders.put(headers, "group", image.group());
        return new ProducerRecord<>(Topics.IMAGES, null, image.id(), image.bytes(), headers);
    }

    /** Which data set a record of {@code images} belongs to, without reading the rest. */
    public static Optional<String> dataset(ConsumerRecord<String, byte[]> record) {
        return CloudEventHeaders.get(record.headers(), "dataset");
    }

    /** @throws UnreadableMessageException if a required header is missing or not a number; the message names it */
    public static LabelledImage labelledImage(ConsumerRecord<String, byte[]> record) {
        Headers headers = record.headers();
        return new LabelledImage(
                record.key(),
                required(headers, "dataset"),
                required(headers, "filename"),
                (int) number("label", required(headers, "label")),
                (int) number("fold", required(headers, "fold")),
                CloudEventHeaders.get(headers, "group").orElse(null),
                CloudEventHeaders.contentType(headers).orElse(null),
                record.value());
    }

    public static ProducerRecord<String, byte[]> of(PredictionRequest request, String source) {
        Headers headers = headers("PredictionRequest", request, source);
        return new ProducerRecord<>(Topics.PREDICTION_REQUESTS, null, request.id(), request.bytes(), headers);
    }

    public static ProducerRecord<String, byte[]> of(ExplanationRequested explanation, String source) {
        PredictionRequest request = explanation.request();
        Headers headers = headers("ExplanationRequested", request, source);
        CloudEventHeaders.put(headers, "model", explanation.modelId());
        CloudEventHeaders.put(headers, "label", explanation.label());
        // not as the record's timestamp: retention would count from it, and delete what has only just been written
        CloudEventHeaders.put(headers, "requestedat", explanation.requestedAt());
        return new ProducerRecord<>(Topics.EXPLANATION_REQUESTS, null, request.id(), request.bytes(), headers);
    }

    private static Headers headers(String type, PredictionRequest request, String source) {
        Headers headers = CloudEventHeaders.of(type, source, request.contentType());
        CloudEventHeaders.put(headers, "filename", request.filename());
        CloudEventHeaders.put(headers, "slide", request.slide());
        CloudEventHeaders.put(headers, "x", request.x());
        CloudEventHeaders.put(headers, "y", request.y());
        if (request.colours() != null) {
            CloudEventHeaders.put(headers, "colours", request.colours().format());
        }
        if (!request.explain().isEmpty()) {
            CloudEventHeaders.put(headers, "explain", String.join(",", request.explain()));
        }
        return headers;
    }

    /**
     * @throws UnreadableMessageException if key and headers are too large, key, value, methods or model are missing, a
     *     position is not a number, the label not a class index, the colours not six numbers, or the time not a time
     */
    public static ExplanationRequested explanationRequested(ConsumerRecord<String, byte[]> record) {
        checkKeyAndHeaders(record, LARGEST_KEY_AND_HEADERS + ON_TOP);
        PredictionRequest request = request(record);
        if (request.explain().isEmpty()) {
            throw new UnreadableMessageException("the header ce_explain is missing; name the methods wanted");
        }
        return new ExplanationRequested(
                request,
                required(record.headers(), "model"),
                optionalIndex(record.headers(), "label"),
                CloudEventHeaders.get(record.headers(), "requestedat")
                        .map(ImageRecords::instant)
                        .orElseGet(() -> Instant.ofEpochMilli(record.timestamp())));
    }

    /**
     * @throws UnreadableMessageException if there is no key or no value, a position is not a number, the colours are not six
     *     numbers, or the record, or key and headers by themselves, are too large to be handed on
     */
    public static PredictionRequest predictionRequest(ConsumerRecord<String, byte[]> record) {
        checkKeyAndHeaders(record, LARGEST_KEY_AND_HEADERS);
        long bytes = RecordSize.bytes(record);
        if (bytes > LARGEST_REQUEST) {
            throw new UnreadableMessageException("the record has " + bytes + " bytes before compression, more than the "
                    + LARGEST_REQUEST + " that can be handed on; send a smaller image");
        }
        return request(record);
    }

    private static void checkKeyAndHeaders(ConsumerRecord<String, byte[]> record, int largest) {
        long bytes = RecordSize.withoutValue(record);
        if (bytes > largest) {
            throw new UnreadableMessageException("key and headers have " + bytes + " bytes, more than the " + largest
                    + " that can be handed on; send shorter ones");
        }
    }

    private static PredictionRequest request(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || record.key().isBlank()) {
            throw new UnreadableMessageException("the record has no key; set the key to the request's id");
        }
        if (record.value() == null || record.value().length == 0) {
            throw new UnreadableMessageException("the record has no value; it must be an encoded image");
        }
        Headers headers = record.headers();
        return new PredictionRequest(
                record.key(),
                CloudEventHeaders.get(headers, "filename").orElse(null),
                CloudEventHeaders.get(headers, "slide").orElse(null),
                optionalNumber(headers, "x"),
                optionalNumber(headers, "y"),
                CloudEventHeaders.get(headers, "colours")
                        .map(ImageRecords::colours)
                        .orElse(null),
                CloudEventHeaders.get(headers, "explain")
                        .map(ImageRecords::methods)
                        .orElse(List.of()),
                CloudEventHeaders.contentType(headers).orElse(null),
                record.value());
    }

    private static ColourStatistics colours(String text) {
        try {
            return ColourStatistics.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnreadableMessageException("the header ce_colours: " + e.getMessage(), e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new UnreadableMessageException(
                    "the header ce_requestedat is '" + text + "', not a time such as 2026-01-02T03:04:05.678Z", e);
        }
    }

    private static List<String> methods(String commaSeparated) {
        return Arrays.stream(commaSeparated.split(","))
                .map(String::strip)
                .filter(method -> !method.isEmpty())
                .distinct()
                .toList();
    }

    private static String required(Headers headers, String attribute) {
        return CloudEventHeaders.get(headers, attribute)
                .orElseThrow(() -> new UnreadableMessageException("the header ce_" + attribute + " is missing"));
    }

    private static Long optionalNumber(Headers headers, String attribute) {
        return CloudEventHeaders.get(headers, attribute)
                .map(text -> number(attribute, text))
                .orElse(null);
    }

    private static Integer optionalIndex(Headers headers, String attribute) {
        Long number = optionalNumber(headers, attribute);
        if (number == null) {
            return null;
        }
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new UnreadableMessageException(
                    "the header ce_" + attribute + " is '" + number + "', not an index of a class");
        }
        return number.intValue();
    }

    private static long number(String attribute, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UnreadableMessageException(
                    "the header ce_" + attribute + " is '" + text + "', not a whole number", e);
        }
    }
}
