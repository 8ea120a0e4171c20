package io.karyoflow.ingest.web;

import io.karyoflow.ingest.dataset.OnError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** The form of an upload: two files, which are on disk when it arrives, and options as text. */
public class DatasetUpload {
    @RestForm
    FileUpload csv;

    @RestForm
    FileUpload archive;

    @RestForm
    String name;

    /** separated by commas */
    @RestForm
    String classes;

    @RestForm
    String onError;

    @RestForm
    String folds;

    @RestForm
    String validationShare;

    @RestForm
    String seed;

    /** @throws IllegalArgumentException if a value cannot be read; the message names it */
    ImportOptions options() {
        return new ImportOptions(
                name,
                isAbsent(classes) ? null : List.of(classes.split(",")),
                onError(),
                isAbsent(folds) ? null : (Integer) number("folds", folds).intValue(),
                isAbsent(validationShare)
                        ? null
                        : (Double) number("validationShare", validationShare).doubleValue(),
                isAbsent(seed) ? null : (Long) number("seed", seed).longValue());
    }

    private OnError onError() {
        if (isAbsent(onError)) {
            return null;
        }
        return Arrays.stream(OnError.values())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(onError.strip()))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("onError is '" + onError + "'; it must be reject or skip"));
    }

    private static java.math.BigDecimal number(String field, String text) {
        try {
            return new java.math.BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " is '" + text + "', not a number", e);
        }
    }

    private static boolean isAbsent(String value) {
        return value == null || value.isBlank();
    }
}
