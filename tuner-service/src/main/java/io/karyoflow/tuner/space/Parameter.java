package io.karyoflow.tuner.space;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** One dimension of a search space: the values that a hyperparameter may take, and how likely each is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Uniform.class, name = "uniform"),
    @JsonSubTypes.Type(value = LogUniform.class, name = "loguniform"),
    @JsonSubTypes.Type(value = IntegerRange.class, name = "integer"),
    @JsonSubTypes.Type(value = Choice.class, name = "choice")
})
@JsonDeserialize(using = ReadParameter.class)
public sealed interface Parameter permits Uniform, LogUniform, IntegerRange, Choice {
    /** A value at random; same generator state, same value. */
    Object sample(RandomGenerator random);

    /**
     * At most {@code points} distinct values spread over the range, ends included; the middle one for a single point. A
     * choice always gives all of its values.
     */
    List<Object> grid(int points);

    /** Values that are valid only if every value of this parameter is; the ends come first. */
    Stream<Object> witnesses();

    /** Whether every value is a whole number. */
    boolean whole();

    /** How many values there are; 0 for all the numbers of a range. */
    default long count() {
        return 0;
    }

    /** Whether neighbours are alike, as neighbouring numbers are. */
    default boolean ordered() {
        return true;
    }

    /**
     * Where a value lies in the unit interval, of which equal lengths are equally likely to be sampled. Values that can be
     * counted share it out evenly, and each lies in the middle of its share.
     */
    double position(Object value);

    /** The value at a position from 0 to 1. */
    Object at(double position);

    /** In which of {@link #count} equal shares of the unit interval a position lies, from 0. */
    default long place(double position) {
        return Math.min(count() - 1, (long) (position * count()));
    }

    /** The middle of a share. */
    default double middle(long place) {
        return (place + 0.5) / count();
    }
}
