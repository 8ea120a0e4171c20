package io.karyoflow.tuner.space;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The logarithm is uniform: 0.001 to 0.01 is as likely as 0.01 to 0.1. The right choice for learning rates. */
@JsonDeserialize
public record LogUniform(double min, double max) implements Parameter {
    /** @throws IllegalArgumentException if the range is empty or not above 0 */
    public LogUniform {
        if (!(min > 0)) {
            throw new IllegalArgumentException("min " + min + " must be above 0, because the scale is logarithmic");
        }
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
        return logarithm().grid(points).stream()
                .<Object>map(logarithm -> value((double) logarithm))
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
        return logarithm().position(Math.log(((Number) value).doubleValue()));
    }

    @Override
    public Object at(double position) {
        return value((double) logarithm().at(position));
    }

    private Uniform logarithm() {
        return new Uniform(Math.log(min), Math.log(max));
    }

    /** exp(log(x)) misses x by a rounding error, and the ends must be what was written. */
    private double value(double logarithm) {
        if (logarithm == Math.log(min)) {
            return min;
        }
        return logarithm == Math.log(max) ? max : Math.min(max, Math.max(min, Math.exp(logarithm)));
    }
}
