package io.karyoflow.tuner.space;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.karyoflow.common.message.Hyperparameters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The hyperparameters that a study sets or varies; the others keep their defaults. Parameters are always walked in the order of
 * their names, because PostgreSQL does not keep the order in which JSON came and proposals must not depend on it.
 */
public final class SearchSpace {
    private final SortedMap<String, Parameter> parameters;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SearchSpace(Map<String, Parameter> parameters) {
        this.parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    }

    /** One configuration: every trial has exactly these. */
    public static SearchSpace of(Hyperparameters hyperparameters) {
        Map<String, Parameter> parameters = new TreeMap<>();
        hyperparameters.asMap().forEach((name, value) -> parameters.put(name, new Choice(List.of(value))));
        return new SearchSpace(parameters);
    }

    @JsonValue
    public SortedMap<String, Parameter> parameters() {
        return parameters;
    }

    /** Whether two proposals can differ at all. */
    public boolean varies() {
        return !varied().isEmpty();
    }

    /** The parameters that have more than one value. */
    public SortedMap<String, Parameter> varied() {
        SortedMap<String, Parameter> varied = new TreeMap<>(parameters);
        varied.values().removeIf(parameter -> parameter.count() == 1);
        return varied;
    }

    /** A value for each parameter; same generator state, same values. */
    public Map<String, Object> sample(RandomGenerator random) {
        Map<String, Object> values = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> values.put(name, parameter.sample(random)));
        return values;
    }

    /** How many combinations {@link #gridPoint} can give; {@code Long.MAX_VALUE} if more than a long counts. */
    public long gridSize(int points) {
        long size = 1;
        for (Parameter parameter : parameters.values()) {
            int values = parameter.grid(points).size();
            size = size > Long.MAX_VALUE / values ? Long.MAX_VALUE : size * values;
        }
        return size;
    }

    /**
     * One combination of the grid with {@code points} values a parameter.
     *
     * @param place from 0 to below {@link #gridSize}; the last parameter's value changes fastest
     */
    public Map<String, Object> gridPoint(int points, long place) {
        List<Map.Entry<String, Parameter>> fastestFirst = new ArrayList<>(parameters.entrySet());
        Collections.reverse(fastestFirst);
        Map<String, Object> values = new TreeMap<>();
        long rest = place;
        for (Map.Entry<String, Parameter> entry : fastestFirst) {
            List<Object> grid = entry.getValue().grid(points);
            values.put(entry.getKey(), grid.get((int) (rest % grid.size())));
            rest /= grid.size();
        }
        return values;
    }

    /** What is wrong with each parameter and what to do about it; empty if every proposal will be valid. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        parameters.forEach((name, parameter) -> problem(name, parameter).ifPresent(problems::add));
        return problems;
    }

    private static Optional<String> problem(String name, Parameter parameter) {
        Object usual = Hyperparameters.DEFAULTS.asMap().get(name);
        if (usual instanceof Integer && !parameter.whole()) {
            return Optional.of("space." + name
                    + ": takes whole numbers only; use \"type\": \"integer\", or a \"choice\"" + " of whole numbers");
        }
        return parameter
                .witnesses()
                .map(value -> problem(name, value))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> problem(String name, Object value) {
        Object bound;
        try {
            bound = Hyperparameters.of(Map.of(name, value)).asMap().get(name);
        } catch (IllegalArgumentException e) {
            return Optional.of("space." + name + ": " + e.getMessage() + "; change the parameter so that each of its"
                    + " values is allowed, or leave it out for the default");
        }
        return same(bound, value)
                ? Optional.empty()
                : Optional.of("space." + name + ": " + quoted(value) + " would be read as " + quoted(bound) + "; write "
                        + form(bound));
    }

    private static String form(Object value) {
        return value instanceof String
                ? "text in quotes"
                : value instanceof Boolean ? "true or false without quotes" : "a number without quotes";
    }

    /** 1 and 1.0 are one value, because a hyperparameter makes its own type of it. */
    static boolean same(Object bound, Object value) {
        return bound instanceof Number left && value instanceof Number right
                ? left.doubleValue() == right.doubleValue()
                : bound.equals(value);
    }

    private static String quoted(Object value) {
        return value instanceof String ? '"' + value.toString() + '"' : value.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SearchSpace space && parameters.equals(space.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return parameters.toString();
    }
}
