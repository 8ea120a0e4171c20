package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which parts of a network learn. */
public enum Trainable {
    /** the head alone; everything before it stays as it is, batch normalisation's statistics too */
    @JsonProperty("head")
    HEAD,
    /** the head first, then one part more at a time, from the last to the first (Howard and Ruder, ULMFiT, 2018) */
    @JsonProperty("staged")
    STAGED,
    /** everything, from the first step on */
    @JsonProperty("all")
    ALL
}
