package io.karyoflow.tuner.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every number from {@code min} to {@code max} is equally likely. */
@JsonDeserialize
public record Uniform(double min, double max) implements Parameter {
    /** @throws IllegalArgumentException if the range is empty */
    public Uniform {
        if (!(min < max)) {
            throw new IllegalArgumentException("min " + min + " must be below max " + max);
        }
    }

    @Override
    public Object sample(RandomGenerator random) {
        return at(random.nextDouble());
    }

    @Override
    public List<Object> grid(int points) {
        if (points == 1) {
            return List.of((min + max) / 2);
        }
        return IntStream.range(0, points)
                .<Object>mapToObj(i -> i == points - 1 ? max : min + (max - min) * i / (points - 1))
                .toList();
    }

    @Override
    public Stream<Object> witnesses() {
        return Stream.of(min, max);
    }

    @Override
    public boolean whole() {
        return false;
    }

    @Override
    public double position(Object value) {
        return Math.min(1, Math.max(0, (((Number) value).doubleValue() - min) / (max - min)));
    }

    @Override
    public Object at(double position) {
        return position == 1 ? max : Math.min(max, min + (max - min) * position);
    }
}
