package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What rare classes are given, so that frequent ones do not decide alone. */
public enum ClassBalance {
    /** nothing */
    @JsonProperty("none")
    NONE,
    /** each image weighs as the inverse of its class' frequency */
    @JsonProperty("weights")
    WEIGHTS,
    /** each image weighs as the square root of that */
    @JsonProperty("squareroot")
    SQUARE_ROOT,
    /** each class is drawn equally often */
    @JsonProperty("sampling")
    SAMPLING
}
