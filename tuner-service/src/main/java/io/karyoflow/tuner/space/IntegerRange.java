package io.karyoflow.tuner.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whole numbers from {@code min} to {@code max} in steps.
 *
 * @param step distance of neighbours, at least 1; 1 if it is left out
 */
@JsonDeserialize
public record IntegerRange(int min, int max, Integer step) implements Parameter {
    /** @throws IllegalArgumentException if the range is empty or the steps do not reach {@code max} */
    public IntegerRange {
        step = step == null ? 1 : step;
        if (step < 1) {
            throw new IllegalArgumentException("step " + step + " must be at least 1");
        }
        if (min >= max) {
            throw new IllegalArgumentException("min " + min + " must be below max " + max);
        }
        if (((long) max - min) % step != 0) {
            throw new IllegalArgumentException("steps of " + step + " from min " + min + " miss max " + max);
        }
    }

    @Override
    public Object sample(RandomGenerator random) {
        return value(random.nextLong(count()));
    }

    @Override
    public List<Object> grid(int points) {
        long last = count() - 1;
        return new Uniform(0, last)
                .grid(points).stream()
                        .<Object>map(place -> value(Math.round((double) place)))
                        .distinct()
                        .toList();
    }

    @Override
    public Stream<Object> witnesses() {
        return Stream.concat(
                Stream.of(min, max),
                IntStream.iterate(min, value -> value < max, value -> value + step)
                        .skip(1)
                        .boxed());
    }

    @Override
    public boolean whole() {
        return true;
    }

    @Override
    public long count() {
        return ((long) max - min) / step + 1;
    }

    @Override
    public double position(Object value) {
        return middle((((Number) value).longValue() - min) / step);
    }

    @Override
    public Object at(double position) {
        return value(place(position));
    }

    private int value(long place) {
        return Math.toIntExact(min + place * step);
    }
}
