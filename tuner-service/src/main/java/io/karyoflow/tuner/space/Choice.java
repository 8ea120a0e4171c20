package io.karyoflow.tuner.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of the listed values, each equally likely. */
@JsonDeserialize
public record Choice(List<Object> values) implements Parameter {
    /** @throws IllegalArgumentException if there is no value, an empty one, or one twice */
    public Choice {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException("values must list at least one value");
        }
        if (values.stream().anyMatch(java.util.Objects::isNull)) {
            throw new IllegalArgumentException("values must not hold null");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("values " + values + " must not repeat");
        }
        values = List.copyOf(values);
    }

    @Override
    public Object sample(RandomGenerator random) {
        return values.get(random.nextInt(values.size()));
    }

    @Override
    public List<Object> grid(int points) {
        return values;
    }

    @Override
    public Stream<Object> witnesses() {
        return values.stream();
    }

    @Override
    public boolean whole() {
        return values.stream().allMatch(value -> value instanceof Number number && number.doubleValue() % 1 == 0);
    }

    @Override
    public long count() {
        return values.size();
    }

    @Override
    public boolean ordered() {
        return false;
    }

    /** @throws IllegalArgumentException if it is none of the values */
    @Override
    public double position(Object value) {
        return middle(IntStream.range(0, values.size())
                .filter(place -> SearchSpace.same(values.get(place), value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(value + " is none of " + values)));
    }

    @Override
    public Object at(double position) {
        return values.get((int) place(position));
    }
}
