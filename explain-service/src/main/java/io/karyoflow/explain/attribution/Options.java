package io.karyoflow.explain.attribution;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The options that a caller gave for one method, all of them known and allowed, and the input's shape. */
final class Options {
    private final Map<String, Object> given;
    private final InputShape shape;

    /** @throws IllegalArgumentException that lists the known options, if one is not */
    Options(String method, Map<String, Object> given, List<Option<?>> known, InputShape shape) {
        for (String name : given.keySet()) {
            if (known.stream().noneMatch(option -> option.name().equals(name))) {
                throw new IllegalArgumentException("unknown option " + name + " of " + method + "; " + list(known));
            }
        }
        this.given = given;
        this.shape = shape;
    }

    private static String list(List<Option<?>> known) {
        if (known.isEmpty()) {
            return "it has none";
        }
        return known.stream()
                .map(option -> option.name() + " (" + option.description().range() + ")")
                .collect(Collectors.joining(", ", "known are ", ""));
    }

    /** @throws IllegalArgumentException that says what is allowed, if the value is not */
    <T> T get(Option<T> option) {
        Object value = given.get(option.name());
        return value == null ? option.fallback().apply(shape) : option.of(value);
    }

    /** What was given, but for some options. */
    Map<String, Object> without(List<Option<?>> some) {
        Map<String, Object> others = new HashMap<>(given);
        some.forEach(option -> others.remove(option.name()));
        return others;
    }

    InputShape shape() {
        return shape;
    }
}
