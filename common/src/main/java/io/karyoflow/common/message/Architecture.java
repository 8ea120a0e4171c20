package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The networks that trainers can build. */
public enum Architecture {
    /** six convolutions in three pairs and two dense layers */
    @JsonProperty("convnet")
    CONVNET
}
