package io.karyoflow.ingest.web;

import io.karyoflow.ingest.dataset.OnError;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
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
                isAbsent(folds) ? null : (Integer) whole("folds", folds, BigDecimal::intValueExact),
                isAbsent(validationShare)
                        ? null
                        : (Double) number("validationShare", validationShare).doubleValue(),
                isAbsent(seed) ? null : (Long) whole("seed", seed, BigDecimal::longValueExact));
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

    private static <T> T whole(String field, String text, Function<BigDecimal, T> value) {
        try {
            return value.apply(number(field, text));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    field + " is '" + text + "'; it must be a whole number, and not so large", e);
        }
    }

    private static BigDecimal number(String field, String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(field + " is '" + text + "', not a number", e);
        }
    }

    private static boolean isAbsent(String value) {
        return value == null || value.isBlank();
    }
}
