package io.karyoflow.explain.attribution;

import java.util.List;
import java.util.function.Function;

/**
 * A setting that a caller may give by name, as JSON has it (boolean, number, text, list), read into what methods take.
 *
 * @param read makes of the JSON value what a method takes, or null if the value is not allowed
 * @param fallback what a method takes if nothing is given, which may depend on the input's size
 */
record Option<T>(OptionDescription description, Function<Object, T> read, Function<InputShape, T> fallback) {

    static Option<Boolean> flag(String name, boolean fallback, String help) {
        return new Option<>(
                new OptionDescription(name, "boolean", fallback, "true or false", help),
                value -> value instanceof Boolean flag ? flag : null,
                any -> fallback);
    }

    static Option<Integer> integer(String name, int fallback, int min, int max, String help) {
        return integer(name, fallback, any -> fallback, min, max, help);
    }

    static Option<Integer> integerBySize(
            String name, Function<InputShape, Integer> fallback, int min, int max, String help) {
        return integer(name, null, fallback, min, max, help);
    }

    private static Option<Integer> integer(
            String name, Integer shown, Function<InputShape, Integer> fallback, int min, int max, String help) {
        String range = "an integer from " + min + " to " + max;
        return new Option<>(
                new OptionDescription(name, "integer", shown, range, help),
                value -> isInteger(value, min, max) ? ((Number) value).intValue() : null,
                fallback);
    }

    /** @param above whether {@code min} itself is not allowed */
    static Option<Double> number(String name, double fallback, double min, boolean above, double max, String help) {
        String range =
                "a number " + (above ? "above " + plain(min) + " up to " : "from " + plain(min) + " to ") + plain(max);
        return new Option<>(
                new OptionDescription(name, "number", fallback, range, help),
                value -> {
                    if (!(value instanceof Number number)) {
                        return null;
                    }
                    double x = number.doubleValue();
                    return (above ? x > min : x >= min) && x <= max ? x : null;
                },
                any -> fallback);
    }

    /** @param id of each of the values, by which it is named */
    static <E> Option<E> choice(String name, E fallback, List<E> values, Function<E, String> id, String help) {
        List<String> choices = values.stream().map(id).toList();
        String range = "one of " + String.join(", ", choices);
        return new Option<>(
                new OptionDescription(name, "choice", id.apply(fallback), range, choices, help),
                value -> values.stream()
                        .filter(each -> id.apply(each).equals(value))
                        .findFirst()
                        .orElse(null),
                any -> fallback);
    }

    /** Three sizes: along channels, height and width. */
    static Option<Occlusion.Steps> steps(
            String name, List<Integer> shown, Function<InputShape, Occlusion.Steps> fallback, String help) {
        return new Option<>(
                new OptionDescription(
                        name, "steps", shown, "three integers of at least 1: channels, height, width", help),
                value -> {
                    if (!(value instanceof List<?> list)
                            || list.size() != 3
                            || !list.stream().allMatch(size -> isInteger(size, 1, Integer.MAX_VALUE))) {
                        return null;
                    }
                    List<Integer> sizes = list.stream()
                            .map(size -> ((Number) size).intValue())
                            .toList();
                    return new Occlusion.Steps(sizes.get(0), sizes.get(1), sizes.get(2));
                },
                fallback);
    }

    String name() {
        return description.name();
    }

    Option<T> withHelp(String help) {
        return new Option<>(description.withHelp(help), read, fallback);
    }

    /** @throws IllegalArgumentException that says what is allowed, if {@code value} is not */
    T of(Object value) {
        T read = this.read.apply(value);
        if (read == null) {
            throw new IllegalArgumentException(
                    "option " + name() + " must be " + description.range() + ", not " + value);
        }
        return read;
    }

    private static String plain(double x) {
        return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
    }

    private static boolean isInteger(Object value, int min, int max) {
        if (!(value instanceof Number number)) {
            return false;
        }
        double x = number.doubleValue();
        return x == Math.rint(x) && x >= min && x <= max;
    }
}
