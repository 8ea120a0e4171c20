package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How the learning rate changes over a trial. */
public enum Schedule {
    /** not at all */
    @JsonProperty("constant")
    CONSTANT,
    /** falls to 0 along half a cosine (Loshchilov and Hutter, SGDR, 2016) */
    @JsonProperty("cosine")
    COSINE,
    /** falls to a tenth after a half, and again after three quarters of the steps that follow the warm-up */
    @JsonProperty("step")
    STEP,
    /** rises to its highest point and falls to almost nothing (Smith and Topin, Super-Convergence, 2017) */
    @JsonProperty("onecycle")
    ONE_CYCLE
}
