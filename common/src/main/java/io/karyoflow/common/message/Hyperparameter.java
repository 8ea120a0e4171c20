package io.karyoflow.common.message;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a component of {@link Hyperparameters} means and may be; {@link HyperparameterSchema} reads it. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
@interface Hyperparameter {
    /** Its meaning, with its unit. */
    String value();

    /** What it is when it is left out, as JSON writes it. */
    String otherwise();

    /** The lowest number. */
    double from() default Double.NEGATIVE_INFINITY;

    /** Numbers must be larger than this one. */
    double above() default Double.NEGATIVE_INFINITY;

    /** The highest number. */
    double to() default Double.POSITIVE_INFINITY;

    /** Whole numbers must be multiples of it. */
    int multipleOf() default 1;

    /** The only numbers there are; any in the range if empty. */
    int[] oneOf() default {};

    /** Text has at most so many characters. */
    int maxLength() default Integer.MAX_VALUE;
}
