package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Baselines as callers name them: zero, white, mean_colour, blurred, blurred:SIGMA, a number, or a list of numbers. */
final class BaselineOption {
    private static final String BLURRED = "blurred";
    private static final String RANGE = "a number, zero, white, mean_colour, blurred (by a tenth of the shorter side),"
            + " blurred:SIGMA (in pixels), or a list of numbers: one a channel or one a value";
    private static final Map<String, Baseline> NAMED =
            Map.of("zero", Baseline.zero(), "white", Baseline.white(), "mean_colour", Baseline.meanColour());

    private BaselineOption() {}

    static Option<Function<InputShape, Baseline>> named(String name, String help) {
        return new Option<>(
                new OptionDescription(name, "baseline", 0, RANGE, help + "; in units of the network's input"),
                BaselineOption::read,
                any -> shape -> Baseline.zero());
    }

    /** How far to blur an input of a size when nobody says: nothing of a nucleus' own texture remains. */
    static double sigma(InputShape shape) {
        return Math.max(1, Math.min(shape.height(), shape.width()) / 10.0);
    }

    private static Function<InputShape, Baseline> read(Object value) {
        if (value instanceof Number number && Float.isFinite(number.floatValue())) {
            return shape -> Baseline.constant(number.floatValue());
        }
        if (value instanceof List<?> list && list.stream().allMatch(Number.class::isInstance)) {
            return given(list);
        }
        if (value instanceof String text) {
            if (NAMED.containsKey(text)) {
                return shape -> NAMED.get(text);
            }
            if (text.equals(BLURRED)) {
                return shape -> Baseline.blurred(sigma(shape));
            }
            if (text.matches(BLURRED + ":[0-9]{1,4}([.][0-9]{1,6})?")) {
                double sigma = Double.parseDouble(text.substring(BLURRED.length() + 1));
                return sigma > 0 ? shape -> Baseline.blurred(sigma) : null;
            }
        }
        return null;
    }

    private static Function<InputShape, Baseline> given(List<?> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) list.get(i)).floatValue();
        }
        return shape -> {
            Baseline baseline = Baseline.given(values);
            baseline.of(shape, new float[0]);
            return baseline;
        };
    }
}
