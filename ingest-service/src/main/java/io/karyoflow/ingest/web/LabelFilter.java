package io.karyoflow.ingest.web;

import io.karyoflow.ingest.label.LabelQuery;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jboss.resteasy.reactive.RestQuery;

/** Which labels a request wants, as text; blank is as absent. */
public class LabelFilter {
    private static final double LARGEST_SIZE = 1e6;
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    @RestQuery
    String slide;

    @RestQuery
    String from;

    @RestQuery
    String to;

    @RestQuery
    String model;

    @RestQuery
    String maxMargin;

    @RestQuery
    String size;

    LabelQuery query() {
        return new LabelQuery(text(slide), time("from", from), time("to", to), text(model), maxMargin());
    }

    /** For what is drawn onto an image: detections of several slides would lie on one another. */
    void requireSlide() {
        if (text(slide) == null) {
            throw HttpErrors.badRequest("slide is missing; GeoJSON is drawn onto one slide, so write, for example,"
                    + " slide=7 (CSV and JSON have the labels of several)");
        }
    }

    private Double maxMargin() {
        String text = text(maxMargin);
        if (text == null) {
            return null;
        }
        try {
            double number = new BigDecimal(text.strip()).doubleValue();
            if (number >= 0 && number <= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw HttpErrors.badRequest(
                "maxMargin is '" + text + "'; it says by how much the largest probability may exceed"
                        + " the second largest, 0 to 1, for example maxMargin=0.2");
    }

    /** Side of a patch in pixels of the slide. */
    double size() {
        String text = text(size);
        if (text == null) {
            throw HttpErrors.badRequest("size is missing; x and y are the upper left corner of a patch, so write, for"
                    + " example, size=100 for patches of 100 pixels a side on the slide");
        }
        try {
            double number = new BigDecimal(text.strip()).doubleValue();
            if (number > 0 && number <= LARGEST_SIZE) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw HttpErrors.badRequest(
                "size is '" + text + "'; it must be the side of a patch in pixels of the slide, for example size=100");
    }

    private static Instant time(String name, String value) {
        String text = text(value);
        if (text == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(text.strip());
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw HttpErrors.badRequest(
                name + " is '" + text + "'; it must be a time in UTC such as " + name + "=2026-01-02T03:04:05Z");
    }

    private static String text(String value) {
        return value == null || value.isBlank() ? null : value;
    }
}
