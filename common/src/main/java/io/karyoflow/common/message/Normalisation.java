package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a layer does with its sums before they are rectified. */
public enum Normalisation {
    /** batch normalisation (Ioffe and Szegedy, 2015) */
    @JsonProperty("batch")
    BATCH,
    /** nothing but a bias */
    @JsonProperty("none")
    NONE
}
