package io.karyoflow.common.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Of convolutions and matrix products while training. */
public enum Precision {
    /** 24 bits of mantissa */
    @JsonProperty("fp32")
    FP32,
    /** 8 bits of mantissa and the range of fp32, for what bears it; sums and weights stay fp32 */
    @JsonProperty("bf16")
    BF16
}
